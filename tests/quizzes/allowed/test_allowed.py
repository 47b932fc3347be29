"""More time, more attempts, other dates - for a person or a factory - and practice, which needs nobody to open it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.courses.models import Unit
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations, queries
from app.quizzes.allowed.operations import Wanted, allow, disallow
from app.quizzes.models import Attempt, QuizAllowance
from app.quizzes.rules import AttemptState
from tests.browse import Browse
from tests.make import accounts, factories, quizzes


def room_with(*, is_open: bool = True, **rules: Any) -> quizzes.Room:
    made = quizzes.room(is_open=False)
    db.session.get_one(Unit, made.unit_id).rules = rules
    db.session.flush()
    if is_open:
        operations.open_window(SYSTEM, made.training.id, made.unit_id, 60)
    return made


def allowed(room: quizzes.Room, **values: Any) -> QuizAllowance:
    wanted = Wanted(**{"person_id": room.person.id, "factory_id": None, **values})
    return allow(SYSTEM, room.training.id, room.unit_id, wanted)


def lasts(attempt: Attempt) -> float | None:
    """Minutes from the beginning until it is due."""
    db.session.refresh(attempt)
    assert attempt.started_at
    return attempt.deadline_at and round((attempt.deadline_at - attempt.started_at) / timedelta(minutes=1))


def test_more_time_moves_the_deadline_of_who_is_answering_and_goes_back(app: Flask) -> None:
    room = room_with(limit_minutes=20)
    attempt = operations.start(room.actor)
    other = operations.start(quizzes.actor(room.another(), room.training))
    made = allowed(room, extra=Decimal("1.5"))
    assert (lasts(attempt), lasts(other)) == (30, 20)
    again = allowed(room, untimed=True)
    assert (again.id, again.extra, lasts(attempt)) == (made.id, None, 60)
    allow(SYSTEM, room.training.id, room.unit_id, Wanted(None, room.factory.id, extra=Decimal(2)))
    assert (lasts(attempt), lasts(other)) == (60, 40)
    disallow(SYSTEM, room.training.id, room.unit_id, made.id)
    disallow(SYSTEM, room.training.id, room.unit_id, made.id)
    assert lasts(attempt) == 40
    actions = [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert (actions.count("quizzes.allow"), actions.count("quizzes.disallow")) == (3, 1)


def test_later_dates_open_a_closed_quiz_for_one_person(app: Flask) -> None:
    room = room_with()
    other = room.another()
    with telling(now() + timedelta(hours=3)):
        with pytest.raises(Refused, match="not open"):
            operations.start(room.actor)
        allowed(room, closes_at=now() + timedelta(hours=2))
        assert queries.openings(other.id) == []
        assert not queries.may_join(db.session(), other.id, room.training.code)
        assert queries.may_join(db.session(), room.person.id, room.training.code)
        assert queries.is_open_for_anybody(room.training.id)
        assert lasts(operations.start(room.actor)) == 120
        with pytest.raises(Refused, match="not open"):
            operations.start(quizzes.actor(other, room.training))


def test_a_quiz_can_be_open_for_a_factory_before_anybody_opens_it(app: Flask) -> None:
    room = room_with(is_open=False)
    wanted = Wanted(None, room.factory.id, opens_at=now() + timedelta(minutes=5), closes_at=now() + timedelta(hours=1))
    made = allow(SYSTEM, room.training.id, room.unit_id, wanted)
    with pytest.raises(Refused, match="not open"):
        operations.start(room.actor)
    with telling(now() + timedelta(minutes=10)):
        attempt = operations.start(room.actor)
        assert lasts(attempt) == 50
        assert queries.closes_at(room.training.id, room.unit_id) == wanted.closes_at
        disallow(SYSTEM, room.training.id, room.unit_id, made.id)
        db.session.refresh(attempt)
        assert attempt.deadline_at and attempt.deadline_at <= now()


def test_later_dates_are_no_second_go_for_who_saw_the_answers(app: Flask) -> None:
    room = room_with()
    attempt = operations.start(room.actor)
    operations.submit(room.actor, attempt.id)
    with telling(now() + timedelta(hours=3)):
        for opens_at in (None, now() - timedelta(hours=4)):
            made = allowed(room, opens_at=opens_at, closes_at=now() + timedelta(hours=2))
            assert made.opens_at and made.opens_at >= now() - timedelta(seconds=5)
            with pytest.raises(Refused, match="were shown"):
                operations.start(room.actor)


def test_who_may(app: Flask) -> None:
    room = room_with()
    stranger = factories.person(factories.factory())
    with pytest.raises(NotFound):
        allowed(room, person_id=stranger.id, attempts=5)
    with pytest.raises(NotFound):
        allow(room.actor, room.training.id, room.unit_id, Wanted(room.person.id, None, attempts=5))


def test_the_trainer_allows_on_a_page_and_the_person_reads_it(browse: Browse, app: Flask) -> None:
    room = room_with(limit_minutes=20, attempts=1)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    address = f"/sessions/{room.training.id}/quizzes/{room.unit_id}/allowances"
    assert "Everybody takes this quiz under its rules" in trainer.get(address).text
    who = f"person:{room.person.id}"
    assert trainer.post(address, {"who": who, "why": "Needs glasses."}).status == 422
    assert trainer.post(address, {"who": "person:999999", "time": "1.5", "why": "x"}).status == 422
    assert trainer.post(address, {"who": who, "opens": "2030-01-01T08:00", "why": "x"}).status == 422
    wall = (now() + timedelta(minutes=90)).astimezone(ZoneInfo(room.training.programme.zone))
    sent = {"who": who, "time": "1.5", "attempts": "2", "closes": wall.strftime("%Y-%m-%dT%H:%M"), "why": "Needs glasses."}
    assert trainer.post(address, sent).location == address
    page = trainer.get(address)
    assert "Needs glasses." in page.text
    assert room.person.name in page.text
    row = db.session.query(QuizAllowance).one()
    assert row.closes_at and abs(row.closes_at - now() - timedelta(minutes=90)) < timedelta(minutes=2)
    own = browse.as_person(room.person.id, room.training.id).get("/attempts").text
    assert "You have 30 minutes from the beginning." in own
    assert "You can try 2 times." in own
    assert trainer.post(f"{address}/{row.id}/removal").location == address
    assert not db.session.query(QuizAllowance).count()


def test_practice_begins_any_time_and_never_counts(app: Flask) -> None:
    room = room_with(is_open=False, practice=True)
    assert [each.is_practice for each in queries.openings(room.person.id)] == [True]
    with pytest.raises(Refused):
        operations.start(room.actor)
    for number in range(1, 6):
        attempt = operations.start(room.actor, unit_id=room.unit_id)
        assert (attempt.number, attempt.deadline_at) == (number, None)
        operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert attempt.state is AttemptState.GRADED


def test_practice_explains_each_answer_at_once_and_locks_it(browse: Browse, app: Flask) -> None:
    room = room_with(is_open=False, practice=True)
    phone = browse.as_person(room.person.id, room.training.id)
    start = phone.get("/").text
    assert "Go to the quiz" in start
    begin = phone.get(f"/attempts?unit={room.unit_id}")
    assert "This is practice." in begin.text
    first = phone.post("/attempts", {"unit": str(room.unit_id)}).location
    attempt = db.session.query(Attempt).one()
    question = room.questions[0]
    assert quizzes.SECRET not in phone.get(first).response.text
    assert phone.get(f"{first}/explained").location == first
    right, wrong, _half = quizzes.names(attempt, question)
    sent = {"choice": wrong, "revision": "0", "plain": "yes"}
    address = f"/attempts/{attempt.id}/answers/{question.id}"
    assert phone.post(address, sent).location == f"{first}/explained"
    page = phone.get(f"{first}/explained")
    assert "Not quite" in page.text
    assert "I do it well" in page.text
    assert f"{quizzes.SECRET} wrong" in page.text
    assert phone.get(first).location == f"{first}/explained"
    assert "this answer stays" in phone.post(address, {"choice": right, "revision": "1"}).text
    assert quizzes.SECRET not in phone.get(first.removesuffix("1") + "2").response.text
    other = room_with()
    mine = operations.start(other.actor)
    test = browse.as_person(other.person.id, other.training.id)
    assert test.get(f"/attempts/{mine.id}/questions/1/explained").location == f"/attempts/{mine.id}/questions/1"


def test_what_the_page_says_when_time_is_over(browse: Browse, app: Flask) -> None:
    room = room_with(limit_minutes=10, when_late="grace", grace_minutes=30, wait_minutes=15)
    phone = browse.as_person(room.person.id, room.training.id)
    begin = phone.get("/attempts").text
    assert "Between two tries you wait 15 minutes." in begin
    assert "answer no more" in begin
    assert "when the quiz is closed for everybody" in begin
    attempt = operations.start(room.actor)
    attempt.deadline_at = now() - timedelta(minutes=5)
    operations.close_overdue(attempt.id)
    page = phone.get(f"/attempts/{attempt.id}").text
    assert "Hand it in until" in page
    assert "Time is over" in page
    attempt.deadline_at = now() - timedelta(minutes=35)
    operations.close_overdue(attempt.id)
    assert "the quiz can be opened for you again" in phone.get(f"/attempts/{attempt.id}").text
