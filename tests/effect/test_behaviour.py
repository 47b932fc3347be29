"""What is said of behaviour: factories before and months after, a table to read; and of whom nothing is said."""

from datetime import timedelta

import pytest
from flask import Flask

from app.courses.rules import QuizPhase
from app.effect.asked import Asked
from app.effect.behaviour.labels import sentence
from app.effect.behaviour.queries import supervisors, workers
from app.effect.behaviour.rules import Given, Matched, Round, changed, options
from app.quizzes.surveys.rules import SurveyPhase
from tests.make import courses, effects, factories, sessions, surveys

TABLE = [
    # factories: people and points before, people and points months after -> what the page says
    ([(9, 50, 9, 60), (9, 50, 9, 70)], "Too few to say anything: at least three factories are needed"),
    ([(9, 50, 9, 60), (9, 50, 9, 70), (4, 50, 9, 90)], "Too few to say anything"),  # four people before
    ([(9, 50, 9, 60), (9, 50, 9, 70), (9, 50, 4, 90)], "Too few to say anything"),  # four people months after
    ([(9, 50, 9, 60), (9, 40, 9, 52), (9, 50, 9, 64)],
     ("Months after “SST” supervisors chose the better answer more often than before it: by 12 points of 100, the mean of"
     " 3 factories (95 % interval 7 to 17).")),
    ([(9, 50, 9, 60), (900, 40, 900, 52), (5, 50, 6, 64)], "by 12 points of 100, the mean of 3 factories"),
    ([(9, 50, 9, 60), (9, 60, 9, 50), (9, 50, 9, 52)],
     ("These answers do not show that supervisors act otherwise months after “SST”: the mean of 3 factories differs by"
     " 0.7 points of 100, which can be chance (95 % interval -24.3 to 25.7).")),
    ([(9, 50, 9, 62), (9, 48, 9, 60), (9, 25, 9, 37)],
     ("Answers months after “SST” differ from those before it by the same 12 points of 100 in all of 3 factories. Where all"
     " change alike, nothing tells how sure that is.")),
    ([(9, 60, 9, 50), (9, 52, 9, 40), (9, 64, 9, 50)],
     "Months after “SST” supervisors chose the better answer less often than before it: -12 points of 100"),
]


@pytest.mark.parametrize(("listed", "said"), TABLE)
def test_what_is_said_of_supervisors(app: Flask, listed: list[tuple[int, int, int, int]], said: str) -> None:
    matched = [
        Matched(number, Round(early, before / 100), Round(late, after / 100))
        for number, (early, before, late, after) in enumerate(listed)]
    with app.test_request_context():
        assert said in sentence([("SST", changed(matched))])


def test_the_interval_is_that_of_another_library() -> None:
    gains = [0.1, 0.12, 0.14, 0.02]
    found = changed([Matched(place, Round(9, 0.5), Round(9, 0.5 + gain)) for place, gain in enumerate(gains)]).found
    from scipy import stats  # noqa: PLC0415 - at the top it would cost each worker of every run seconds

    low, high = stats.t.interval(0.95, 3, loc=sum(gains) / 4, scale=stats.sem(gains))
    assert found and (found.low, found.high) == pytest.approx((low, high))


def test_a_factory_counts_once_whatever_it_was_asked() -> None:
    twice = [Matched(0, Round(9, 0.5), Round(9, 0.6)), Matched(0, Round(9, 0.5), Round(9, 1.0))]
    others = [Matched(number, Round(9, 0.5), Round(9, 0.5)) for number in (1, 2)]
    found = changed([*twice, *others])
    assert found.found and (found.found.n, round(found.found.mean, 6)) == (3, 0.1)
    assert found.is_few


def test_each_answer_of_workers_stands_for_itself() -> None:
    given = [Given(number, (8, 2), (2 + number, 8 - number)) for number in range(3)]
    first, second = options([*given, Given(7, (4, 0), (0, 4))])
    assert first.found and second.found
    assert (first.found.n, round(first.found.mean, 6), round(second.found.mean, 6)) == (3, -0.5, 0.5)
    assert options([]) == []


def test_supervisors_of_a_factory_before_and_months_after(app: Flask) -> None:
    version = courses.version("sst")
    for code, people in (("ONE", 5), ("TWO", 4)):
        factory = factories.factory(code)
        training = sessions.training(version=version, rooms=[factory])
        for _ in range(people):
            person = factories.person(factory)
            sessions.seat(training, factory, person)
            effects.took(training, QuizPhase.PRE, person, 40)
            effects.took(training, QuizPhase.FOLLOW_UP, person, 60)
    again = sessions.training(version=version, rooms=[factory])
    sessions.seat(again, factory, person)
    for phase in (QuizPhase.PRE, QuizPhase.FOLLOW_UP):
        effects.took(again, phase, person, 90)
    joined = factories.person(factory)
    joined.merged_into_id = person.id
    sessions.seat(again, factory, joined)
    for phase in (QuizPhase.PRE, QuizPhase.FOLLOW_UP):
        effects.took(again, phase, joined, 90)
    [(course_id, one)] = supervisors(Asked(training.programme_id))
    assert course_id == version.course_id, "a factory with four people is not there, whatever they took twice or under two entries"
    assert (one.before.people, one.after.people) == (5, 5)
    assert (one.before.share, one.after.share) == pytest.approx((0.4, 0.6))


def test_workers_of_the_same_factory_in_both_rounds(app: Flask) -> None:
    version = courses.version("sst", forms=surveys.FORMS)
    training = sessions.training(version=version)
    both, early_alone, few = (factories.factory(code) for code in ("ONE", "TWO", "SIX"))
    pre, post = SurveyPhase.PRE, SurveyPhase.POST
    for factory, phase, items in (
        (both, pre, {"plan": [6, 2]}), (both, post, {"plan": [1, 9]}), (early_alone, pre, {"plan": [5, 5]}),
        (few, pre, {"plan": [5, 5]}), (few, post, None),
    ):
        effects.asked(training, factory, phase, items)
    [item], outside = workers(Asked(training.programme_id), ["en"])
    assert (item.item.text, list(item.given)) == ("The line is behind.", [Given(both.id, (6, 2), (1, 9))])
    assert not outside
    assert workers(Asked(training.programme_id, course="other"), ["en"]) == ([], [])


@pytest.mark.parametrize(("phase", "days", "counts"), [
    (SurveyPhase.PRE, 0, True), (SurveyPhase.PRE, 6, True), (SurveyPhase.PRE, 8, False),
    (SurveyPhase.POST, 0, True), (SurveyPhase.POST, 27, True), (SurveyPhase.POST, 28, False),
    (SurveyPhase.POST, -1, True), (SurveyPhase.POST, -3, False), (SurveyPhase.POST, -170, False),
])
def test_a_round_at_another_time_is_said_and_not_counted(
    app: Flask, phase: SurveyPhase, days: int, counts: bool,
) -> None:
    """The second round counts when it is open - for two days here - within four weeks from six months after."""
    training, factory = sessions.training(version=courses.version("sst", forms=surveys.FORMS)), factories.factory("ONE")
    for each in SurveyPhase:
        late = timedelta(days=days) if each is phase else timedelta()
        effects.asked(training, factory, each, {"plan": [6, 2]}, late)
    items, outside = workers(Asked(training.programme_id), ["en"])
    assert bool(items) is counts
    assert [(each.factory, each.phase) for each in outside] == ([] if counts else [(factory.name, phase)])
