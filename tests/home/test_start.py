"""The start page of each role: what is due stands there, and an empty one says what to do."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.completions.models import Completion
from app.coverage.requirements.rules import Kind, Scope
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.quizzes import operations as quizzes
from app.sessions.models import Meeting
from tests import story
from tests.browse import Browse, Reply
from tests.make import accounts, coverage, factories, requirements
from tests.make.statements import counted

pytestmark = pytest.mark.slow


@pytest.fixture
def told(app: Flask) -> story.Story:
    return story.begin()


def start(browse: Browse, actor: Actor) -> Reply:
    return browse.as_account(db.session.get_one(Account, actor.account_id)).get("/")


def links(reply: Reply) -> list[str]:
    return [link.get("href") or "" for link in reply.all("a")]


def main_actions(reply: Reply) -> list[str]:
    return [link.get("href") or "" for link in reply.all("a") if "primary" in (link.get("class") or "").split()]


def running(told: story.Story) -> int:
    """A confirmed training session whose first half-day is now."""
    training_id = story.schedule(told, 2)
    story.nominate(told, training_id)
    story.confirm(told, training_id)
    meeting = db.session.query(Meeting).filter_by(training_id=training_id, number=1).one()
    meeting.starts_at, meeting.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=3)
    wall = meeting.starts_at.astimezone(ZoneInfo(story.ZONE)).replace(tzinfo=None)
    meeting.starts, meeting.ends = wall, wall + timedelta(hours=4)
    db.session.flush()
    return training_id


def test_a_trainer_is_led_to_the_roll_call_then_to_the_quiz(told: story.Story, browse: Browse) -> None:
    training_id = running(told)
    assert main_actions(start(browse, told.trainer)) == [f"/sessions/{training_id}/meetings/1/marks"]
    meeting = db.session.query(Meeting).filter_by(training_id=training_id, number=1).one()
    story.attendance.mark_all_present(told.trainer, meeting.id)
    quiz = f"/sessions/{training_id}/quizzes/{told.test_id}"
    page = start(browse, told.trainer)
    assert (main_actions(page), "Open the quiz" in page.text) == ([quiz], True)
    story.open_test(told, training_id)
    page = start(browse, told.trainer)
    assert (main_actions(page), "Show the quiz code" in page.text) == ([quiz], True)


def test_a_trainer_is_led_to_nominations_and_to_what_is_over(told: story.Story, browse: Browse) -> None:
    training_id = story.schedule(told)
    story.nominate(told, training_id, told.leaders[:2])
    past = story.held(told)
    page = start(browse, told.trainer)
    assert "Settle 2 nominations" in page.text
    assert "Check and close" in page.text
    assert {f"/sessions/{training_id}", f"/sessions/{past}"} <= set(links(page))


def test_another_trainer_has_nothing_and_is_told_what_to_do(told: story.Story, browse: Browse) -> None:
    running(told)
    other = accounts.account(Role.TRAINER, programme=factories.programme("KH"))
    page = browse.as_account(other).get("/")
    assert "/sessions/new" in main_actions(page)
    assert "You teach nothing at present" in page.text


def test_a_focal_point_nominates_gives_pins_and_prints(told: story.Story, browse: Browse) -> None:
    story.held(told)
    offered = story.schedule(told)
    page = start(browse, told.focal_point)
    assert main_actions(page) == [f"/sessions/{offered}/nominations"]
    assert "certificates are ready" not in page.text, "they are not drawn yet"
    assert "3 of 6" in page.text
    operator = next(row.person_id for row in story.factories_now.employed(told.factory_id) if row.role == "operator")
    story.nominate(told, offered, [operator])
    page = start(browse, told.focal_point)
    assert f"/factories/{told.factory_code}/people/{operator}/pin" in links(page)
    assert f"/sessions/{offered}/nominations" not in links(page), "it has people of ours now"
    assert "1 of your people" in page.text


def test_an_advisor_sees_what_a_factory_needs(told: story.Story, browse: Browse) -> None:
    story.held(told, passed=2)
    page = start(browse, told.advisor)
    assert "2 of 6" in page.text
    assert "4 places" in page.text
    assert "nothing planned" in page.text
    story.schedule(told)
    page = start(browse, told.advisor)
    assert "next training" in page.text
    assert f"/factories/{told.factory_code}" in links(page)


def test_a_cadence_stands_there_where_it_is_asked(told: story.Story, browse: Browse) -> None:
    factory = db.session.query(Factory).filter_by(code=told.factory_code).one()
    rule = requirements.rules(0)[Kind.CADENCE]
    requirements.requirement(
        factory.programme, 0, "large", title={"en": "Drills of large factories"}, rule=rule, scope=Scope(smallest=100_000))
    requirements.requirement(factory.programme, 0, "drills", title={"en": "Drills"}, rule=rule)
    coverage.settle()
    for page in (start(browse, told.advisor), start(browse, told.focal_point)):
        assert "Drills not often enough" in page.text
        assert "Drills of large factories" not in page.text, "nobody asks it of this one"
        assert "0 of 0" not in page.text


def test_an_advisor_without_factories_is_told_so(app: Flask, browse: Browse) -> None:
    page = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme("XX"))).get("/")
    assert "no factory in your care" in page.text


def test_staff_see_what_waits(told: story.Story, browse: Browse) -> None:
    training_id = story.schedule(told)
    story.nominate(told, training_id)
    story.confirm(told, story.schedule(told, 20))
    mail = db.session.query(MailMessage).first()
    mail.state = MailState.REFUSED
    page = start(browse, told.manager)
    assert main_actions(page) == [f"/sessions/{training_id}"]
    assert "6 nominations wait" in page.text
    assert "1 mail refused" in page.text


def test_a_person_finds_the_quiz_or_nothing(told: story.Story, browse: Browse) -> None:
    training_id = running(told)
    phone = browse.as_person(told.leaders[0], training_id)
    lesson = "/learn/sst/lesson"
    assert main_actions(phone.get("/")) == [lesson]
    assert main_actions(browse.as_person(told.leaders[0]).get("/")) == [lesson]
    assert main_actions(browse.as_person(told.leaders[-1] + 1).get("/")) == [], "no course of hers"
    story.open_test(told, training_id)
    page = phone.get("/")
    assert main_actions(page) == ["/attempts"]
    quizzes.start(story.learner(told, training_id, told.leaders[0]))
    assert phone.get("/").text != page.text, "going on is not beginning"


def test_an_account_without_a_role_is_told_whom_to_ask(app: Flask, browse: Browse) -> None:
    account = accounts.account(Role.TRAINER)
    db.session.query(RoleGrant).delete()
    assert "You have no role yet" in browse.as_account(account).get("/").text


@pytest.mark.parametrize("role", ["manager", "trainer", "focal_point", "advisor"])
def test_statements_do_not_grow(told: story.Story, browse: Browse, role: str) -> None:
    """One training session or six, ten factories more or none: as many statements."""
    story.nominate(told, story.schedule(told, 3), told.leaders[:1])
    browser = browse.as_account(db.session.get_one(Account, getattr(told, role).account_id))
    browser.get("/")
    with counted() as few:
        browser.get("/")
    for number in range(5):
        story.nominate(told, story.schedule(told, 10 + 5 * number))
        factories.person(factories.factory(programme_id=told.programme_id))
    with counted() as many:
        browser.get("/")
    assert len(many) == len(few) <= 30


def test_the_story_leads_to_certificates(told: story.Story) -> None:
    story.held(told)
    assert db.session.query(Completion).count() == 3
