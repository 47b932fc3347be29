"""What is said of knowledge: a table to read, and the same people alone."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask

from app.courses.rules import QuizPhase
from app.effect import summary
from app.effect.asked import Asked
from app.effect.knowledge.labels import notes, sentence
from app.effect.knowledge.queries import counted
from app.effect.knowledge.rules import Counted, Learnt, learnt
from app.factories.rules import Sex
from app.quizzes.results.rules import Pairs
from app.sessions.rules import MeetingState
from tests.make import courses, effects, factories, sessions

FEW = "Few people: one or two move this figure."
TOP = "Many knew nearly everything before: the test could not show what they learnt."

TABLE = [
    # people, points before, points after (each person a little different) -> what the page says, what stands beside
    (4, 50, 70, "Too few to say anything: at least five people must have taken the test before and the one after.", []),
    (5, 50, 70, ("The same 5 people reached 20 points of 100 more in the test after “Fire safety” than in the one before"
                " (95 % interval 17.5 to 22.5)."), [FEW]),
    (19, 50, 70, ("The same 19 people reached 20 points of 100 more in the test after “Fire safety” than in the one"
                 " before (95 % interval 19 to 21)."), [FEW]),
    (20, 50, 70, ("The same 20 people reached 20 points of 100 more in the test after “Fire safety” than in the one"
                 " before (95 % interval 19 to 21)."), []),
    (20, 50, 50, ("These tests do not show that people knew more after “Fire safety”: the same 20 people differ by 0"
                 " points of 100, which can be chance (95 % interval -1 to 1)."), []),
    (20, 70, 50, ("The same 20 people reached fewer points in the test after “Fire safety” than in the one before: -20"
                 " of 100 (95 % interval -21 to -19)."), []),
    (20, 95, 97, ("The same 20 people reached 2 points of 100 more in the test after “Fire safety” than in the one"
                 " before (95 % interval 1 to 3)."), [TOP]),
]


def _group(people: int, before: float, after: float, sex: Sex | None = None, language: str = "en", course: int = 1) -> Counted:
    """People whose gains lie two points to both sides of the mean, so that it is the mean."""
    middle = [0] if people % 2 else []
    apart = [*middle, *(2 if place % 2 else -2 for place in range(people - len(middle)))]
    shares = [(before / 100, (after + each) / 100) for each in apart]
    sums = (sum(early for early, _late in shares), sum(late for _early, late in shares),
            sum(early**2 for early, _late in shares), sum((late - early) ** 2 for early, late in shares))
    return Counted(course, language, sex, Pairs(people, *sums), sum(early >= 0.9 for early, _late in shares))


@pytest.mark.parametrize(("people", "before", "after", "said", "beside"), TABLE)
def test_what_is_said_of_a_course(
    app: Flask, people: int, before: float, after: float, said: str, beside: list[str],
) -> None:
    [course] = learnt([_group(people, before, after)])
    with app.test_request_context():
        assert sentence([("Fire safety", course.whole)]) == said
        assert notes(course.whole) == beside


@pytest.mark.parametrize("people", [5, 6, 30, 200])
def test_the_interval_is_that_of_another_library(people: int) -> None:
    found = learnt([_group(people, 50, 62)])[0].whole.gain
    gains = [0.12 + each / 100 for each in ([0] if people % 2 else [])] + [
        0.12 + (0.02 if place % 2 else -0.02) for place in range(people - people % 2)]
    from scipy import stats  # noqa: PLC0415 - at the top it would cost each worker of every run seconds

    low, high = stats.t.interval(0.95, people - 1, loc=0.12, scale=stats.sem(gains))
    assert found and (found.low, found.mean, found.high) == pytest.approx((low, 0.12, high))


def test_groups_are_shown_when_none_of_them_is_small() -> None:
    [course] = learnt([_group(6, 50, 60, Sex.F, "km"), _group(5, 50, 70, Sex.M, "en")])
    assert [(name, each.gain and round(each.gain.mean, 3)) for name, each in course.by_sex] == [
        (Sex.F, 0.1), (Sex.M, 0.2)]
    assert [name for name, _each in course.by_language] == ["en", "km"]


def test_a_language_is_said_to_be_that_of_the_training_session(app: Flask) -> None:
    pairs = [_group(6, 50, 60, Sex.F, "km"), _group(5, 50, 70, Sex.F, "en")]
    with app.test_request_context(), patch.object(summary, "counted", return_value=pairs):
        assert [str(row.name) for row in summary.knowledge(Asked(1), {1: ("c", {"en": "Fire"})}).rows] == [
            "Fire", "Held in English", "Held in ខ្មែរ"]


def test_a_small_group_takes_another_with_it() -> None:
    [course] = learnt([_group(9, 50, 60, Sex.F), _group(3, 50, 70, Sex.M), _group(20, 50, 70, None)])
    assert [(sex, each.gain is None) for sex, each in course.by_sex] == [(Sex.F, True), (Sex.M, True), (None, False)]
    [course] = learnt([_group(9, 50, 60, Sex.F), _group(3, 50, 70, Sex.M)])
    assert course.by_sex == [], "the men would be found by subtraction"


def test_several_courses_are_counted_not_mixed(app: Flask) -> None:
    found = learnt([_group(6, 50, 50), _group(9, 50, 70, course=2), _group(3, 20, 90, course=3)])
    assert [each.course_id for each in found] == [2, 1, 3], "most people first"
    alike = learnt([Counted(4, "en", None, Pairs(5, 2.5, 3.5, 1.25, 0.2), 0)])[0].whole
    with app.test_request_context():
        assert sentence([("", each.whole) for each in found]) == (
            "In 2 courses the same people took both tests. Courses in which they are sure to know more afterwards: 1.")
        assert sentence([("", Learnt(None))]).startswith("Too few")
        assert notes(alike) == [FEW, "All changed alike: nothing tells how sure this is."]
        assert sentence([("", found[0].whole), ("", alike)]).endswith("know more afterwards: 1.")
        assert sentence([("Fire", alike)]) == (
            "The same 5 people all differ by 20 points of 100 between the test before “Fire” and the one after. Where all"
            " change alike, nothing tells how sure that is.")


def test_the_same_person_in_the_same_training_session(app: Flask) -> None:
    """Anna 40 -> 70, Bo 50 -> 60, again 95; Chan took the test before alone, Dara that after in another session."""
    factory, version = factories.factory(), courses.version()
    training, other = (sessions.training(version=version) for _ in range(2))  # both held in Khmer
    anna, bo, chan, dara = (
        factories.person(factory, sex=sex, language=language)
        for sex, language in ((Sex.F, "en"), (Sex.M, "km"), (Sex.F, "en"), (Sex.F, "km")))
    pre, post = QuizPhase.PRE, QuizPhase.POST
    for where, phase, who, points, number in (
        (training, pre, anna, 40, 1), (training, post, anna, 70, 1), (training, pre, bo, 50, 1),
        (training, post, bo, 60, 1), (training, post, bo, 95, 2), (training, pre, chan, 10, 1),
        (training, pre, dara, 95, 1), (other, post, dara, 99, 1),
    ):
        effects.took(where, phase, who, points, number)
    again = sessions.training(version=version)
    for phase, points in ((pre, 70), (post, 99)):
        effects.took(again, phase, anna, points)
    merged = factories.person(factory, sex=Sex.F)
    merged.merged_into_id = anna.id
    for phase, points in ((pre, 1), (post, 2)):
        effects.took(training, phase, merged, points, 3)
    for meeting in again.meetings[:1]:  # cancelled long before the others: not when it was held
        meeting.state, meeting.starts_at = MeetingState.CANCELLED, meeting.starts_at - timedelta(days=90)
    asked = Asked(training.programme_id)
    found = {(each.language, each.sex): (each.pairs.n, round(each.pairs.before, 6), round(each.pairs.after, 6))
             for each in counted(asked)}
    assert found == {("km", Sex.F): (1, 0.4, 0.7), ("km", Sex.M): (1, 0.5, 0.6)}
    last = max(each.starts for each in training.meetings).date()
    day = timedelta(days=1)
    assert len(counted(Asked(training.programme_id, version.course.code, last, last))) == 2
    assert not counted(Asked(training.programme_id, since=last + day))
    assert not counted(Asked(training.programme_id, until=last - day))
    assert not counted(Asked(training.programme_id, course="other"))
    assert not counted(Asked(training.programme_id + 1))
