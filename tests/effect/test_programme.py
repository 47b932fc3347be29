"""The page of a programme: three ways of looking beside each other, for whoever sees the programme."""

from datetime import timedelta

import pytest

from app.access.roles import Role
from app.courses.rules import QuizPhase
from app.factories.models import Factory
from app.factories.rules import Sex
from app.quizzes.surveys.rules import SurveyPhase
from app.sessions.models import TrainingSession
from tests.browse import Browse
from tests.make import accounts, courses, effect, effects, factories, sessions, surveys
from tests.make.statements import counted

pytestmark = pytest.mark.slow


def story(count: int = 3, people: int = 6) -> tuple[TrainingSession, list[Factory]]:
    """Factories whose supervisors and workers were asked before and months after."""
    version = courses.version("sst", forms=surveys.FORMS)
    listed = [factories.factory(f"F{number}") for number in range(count)]
    training = sessions.training(version=version, rooms=listed)
    for place, factory in enumerate(listed):
        for number in range(people):
            person = factories.person(factory, sex=Sex.F if number % 2 else Sex.M)
            sessions.seat(training, factory, person)
            for phase, points in ((QuizPhase.PRE, 40), (QuizPhase.POST, 60 + number), (QuizPhase.FOLLOW_UP, 55 + place)):
                effects.took(training, phase, person, points)
        effects.asked(training, factory, SurveyPhase.PRE, {"plan": [6, 2]})
        effects.asked(training, factory, SurveyPhase.POST, {"plan": [1, 9 + place]})
    return training, listed


def test_three_ways_of_looking_and_what_each_can_say(browse: Browse) -> None:
    training, _factories = story()
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=training.programme)).get("/effect")
    for words in (
        "The same 18 people reached 22.5 points of 100 more", "the mean of 3 factories", "No factory has sent weekly",
        "nobody was compared with people who were not trained", "there is no other factory to compare with",
        "not what training does everywhere", "Women", "The line is behind.",
        "Languages are those in which the training sessions were held", "Reports show this change from one factory on", "Work is moved", "Few factories",
    ):
        assert words in page.text, words
    assert "22 %" not in page.text


def test_the_address_says_which_course_and_days(browse: Browse) -> None:
    training, _factories = story()
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=training.programme))
    last = max(each.starts for each in training.meetings).date()
    before, code = last - timedelta(days=1), training.version.course.code
    for query, is_there in (
        (f"?course={code}&since={last}&until={last}", True), (f"?until={before}", False), ("?since=2099-01-01", False),
        (f"?programme={training.programme.code}", True),
    ):
        assert ("The same 18 people" in browser.get(f"/effect{query}").text) is is_there, query
    for query in (f"?since={last}&until={before}", "?course=none", "?since=x"):
        assert browser.get(f"/effect{query}").status == 422, query
    assert browser.get("/effect?programme=none").status == 404


def test_a_factory_sees_none_of_its_workers_items(browse: Browse) -> None:
    training, listed = story()
    browser = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=listed[0]))
    page = browser.get("/effect")
    for words in ("The line is behind.", "points of 100", "Behaviour"):
        assert words not in page.text, words
    assert browser.get(f"/effect?programme={training.programme.code}").status == 404
    assert "The line is behind." not in browser.get(f"/factories/{listed[0].code}/effect").text


def test_rounds_of_workers_at_another_time_are_said(browse: Browse) -> None:
    training, _listed = story(count=2)
    effects.asked(training, late := factories.factory("LATE"), SurveyPhase.POST, {"plan": [1, 9]}, timedelta(days=90))
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=training.programme))
    page = browser.get("/effect")
    assert "Workers were asked at another time" in page.text and late.name in page.text
    assert "Workers were asked at another time" not in browser.get("/effect?since=2099-01-01").text


def test_another_programme_sees_nothing(browse: Browse) -> None:
    training, _factories = story()
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme("BD")))
    assert "The same 18 people" not in browser.get("/effect").text
    assert browser.get(f"/effect?programme={training.programme.code}").status == 404


def test_one_factory_or_four_people_are_too_few(browse: Browse) -> None:
    training, _factories = story(count=1, people=4)
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=training.programme)).get("/effect")
    assert "Too few to say anything: at least five people" in page.text
    assert "Too few to say anything: at least three factories" in page.text
    assert "The line is behind." not in page.text


def test_the_page_reads_a_fixed_number_of_statements(browse: Browse) -> None:
    training, listed = story(count=3, people=5)
    browser = browse.as_account(accounts.account(Role.ADVISOR, programme=training.programme))
    effect.applied(listed[0], data=effect.text(lines=2, weeks=3))
    effect.made()
    browser.get("/effect")
    with counted() as few:
        browser.get("/effect")
    for number in range(3):
        more = factories.factory(f"M{number}")
        effect.applied(more, data=effect.text(lines=2, weeks=3))
        other = sessions.training(version=courses.version(f"more-{number}", forms=surveys.FORMS), rooms=[more])
        for _ in range(6):
            person = factories.person(more)
            sessions.seat(other, more, person)
            for phase, points in ((QuizPhase.PRE, 40), (QuizPhase.POST, 60), (QuizPhase.FOLLOW_UP, 55)):
                effects.took(other, phase, person, points)
        effects.asked(other, more, SurveyPhase.PRE, {"plan": [6, 2]})
        effects.asked(other, more, SurveyPhase.POST, {"plan": [1, 9]})
    effect.made()
    with counted() as many:
        browser.get("/effect")
    assert len(many) == len(few)
