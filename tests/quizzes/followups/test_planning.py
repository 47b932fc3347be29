"""Quizzes before and after a training session are planned by its half-days, and open by the clock."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.courses.rules import QuizPhase
from app.factories.models import Employment
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.quizzes import queries as quizzes
from app.quizzes.followups import operations
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.queries import due, people
from app.quizzes.followups.rules import Asked, after, before
from app.quizzes.models import QuizWindow
from app.quizzes.operations import close_window, open_window
from app.sessions import operations as sessions
from app.sessions.models import Seat
from app.sessions.rules import SeatState, TrainingState
from tests.make import accounts, followups
from tests.make.sessions import half_day

PRE, LATER = QuizPhase.PRE, QuizPhase.FOLLOW_UP


def open_due() -> None:
    """What the clock does."""
    for training_id in due.to_plan():
        operations.plan(training_id)
    for plan_id in due.to_open():
        operations.open_planned(plan_id)
    for plan_id in due.to_call():
        operations.call_last(plan_id)


def mails() -> list[MailMessage]:
    return db.session.query(MailMessage).filter_by(kind="sessions.follow_up").order_by(MailMessage.id).all()


def read(mail: MailMessage) -> str:
    """The words of a mail."""
    message = message_from_bytes(mail.raw, policy=default)
    return str(message.get_body(("plain",)).get_content())


def window(room: followups.Followed, unit_id: int) -> QuizWindow | None:
    db.session.flush()
    db.session.expire_all()
    return db.session.query(QuizWindow).filter_by(training_id=room.training.id, unit_id=unit_id).one_or_none()


def test_a_confirmed_training_session_plans_both(app: Flask) -> None:
    room = followups.followed(is_confirmed=False)
    assert (room.plan(PRE), room.plan(LATER)) == (None, None)
    sessions.confirm(SYSTEM, room.training.id)
    pre, later = room.plan(PRE), room.plan(LATER)
    assert pre is not None
    assert later is not None
    first, last = room.training.meetings[0].starts_at, room.training.meetings[-1].ends_at
    assert (pre.opens_at, pre.closes_at) == (before(first).opens_at, first)
    assert (later.opens_at, later.closes_at) == (after(last, 6).opens_at, after(last, 6).closes_at)


def test_plans_follow_the_half_days(app: Flask) -> None:
    room = followups.followed()
    sessions.move_meeting(SYSTEM, room.training.id, 2, half_day(60).when)
    sessions.move_meeting(SYSTEM, room.training.id, 1, half_day(50).when)
    pre, later = room.plan(PRE), room.plan(LATER)
    assert pre is not None
    assert later is not None
    assert pre.closes_at == room.training.meetings[0].starts_at
    assert later.opens_at == after(room.training.meetings[-1].ends_at, 6).opens_at


@pytest.mark.parametrize("how", ["cancel", "postpone"])
def test_what_is_not_held_plans_nothing(app: Flask, how: str) -> None:
    room = followups.followed()
    getattr(sessions, how)(SYSTEM, room.training.id, "Flood.")
    assert (room.plan(PRE), room.plan(LATER)) == (None, None)


def test_planning_again_changes_nothing(app: Flask) -> None:
    room = followups.followed()
    known = [(row.id, row.opens_at) for row in db.session.query(QuizPlan)]
    operations.plan(room.training.id)
    assert [(row.id, row.opens_at) for row in db.session.query(QuizPlan)] == known


def test_training_sessions_of_before_are_planned_by_the_clock(app: Flask) -> None:
    room = followups.followed()
    db.session.query(QuizPlan).delete()
    assert due.to_plan() == [room.training.id]
    open_due()
    assert db.session.query(QuizPlan).count() == 2
    assert due.to_plan() == []


def test_the_quiz_before_opens_a_week_ahead_and_closes_when_it_begins(app: Flask) -> None:
    room = followups.followed(2, days=(3, 4))
    open_due()
    opened = window(room, room.pre_id)
    assert opened is not None
    assert opened.closes_at == room.training.meetings[0].starts_at
    assert len(room.attempts(room.pre_id)) == 2
    assert window(room, room.later_id) is None
    open_due()
    assert len(room.attempts(room.pre_id)) == 2


def test_the_open_one_follows_the_first_half_day_unless_the_trainer_gave_another_time(app: Flask) -> None:
    room = followups.followed(days=(3, 20))
    open_due()
    sessions.move_meeting(SYSTEM, room.training.id, 1, half_day(5).when)
    moved = window(room, room.pre_id)
    assert moved is not None
    assert moved.closes_at == room.training.meetings[0].starts_at
    close_window(SYSTEM, room.training.id, room.pre_id)
    sessions.move_meeting(SYSTEM, room.training.id, 1, half_day(7).when)
    closed = window(room, room.pre_id)
    assert closed is not None
    assert closed.closes_at <= now()


def test_what_a_trainer_opened_for_longer_stays_open_for_longer(app: Flask) -> None:
    room = followups.followed(days=(1, 2))
    with time_machine.travel(room.training.meetings[0].starts_at - timedelta(minutes=5), tick=False):
        open_window(SYSTEM, room.training.id, room.pre_id, 60)
        longer = now() + timedelta(minutes=60)
        open_due()
        assert window(room, room.pre_id).closes_at == longer


def months_on(room: followups.Followed, days: int = 0) -> time_machine.travel:
    plan = room.plan(LATER)
    assert plan is not None
    return time_machine.travel(plan.opens_at + timedelta(days=days, hours=1), tick=False)


def test_months_later_it_opens_for_four_weeks_also_when_all_is_closed(app: Flask) -> None:
    room = followups.followed(days=(-3, -2))
    room.training.state = TrainingState.CLOSED
    operations.plan(room.training.id)
    with months_on(room):
        open_due()
        opened = window(room, room.later_id)
        assert opened is not None
        assert timedelta(days=27) < opened.closes_at - now() < timedelta(days=28)
        room.answer(0)
        assert quizzes.openings(room.people[0].id)[0].unit_id == room.later_id
    assert [each.asked for each in people(room.training.id, room.later_id)] == [Asked.ANSWERED]


def test_who_left_or_withdrew_is_left_out(app: Flask) -> None:
    room = followups.followed(3)
    work = db.session.query(Employment).filter_by(person_id=room.people[0].id).one()
    with months_on(room):
        work.ended_on = date.today()
        seat = db.session.query(Seat).filter_by(person_id=room.people[1].id).one()
        seat.state, seat.place = SeatState.WITHDRAWN, None
        db.session.flush()
        open_due()
    assert [each.person_id for each in room.attempts(room.later_id)] == [room.people[2].id]
    asked = {each.person.id: each.asked for each in people(room.training.id, room.later_id)}
    assert [asked[person.id] for person in room.people] == [Asked.LEFT, Asked.WITHDREW, Asked.MISSING]


@pytest.mark.parametrize("state", [TrainingState.CANCELLED, TrainingState.POSTPONED, TrainingState.TENTATIVE])
def test_the_clock_opens_nothing_that_is_not_held(app: Flask, state: TrainingState) -> None:
    room = followups.followed(days=(3, 4))
    plan = room.plan(PRE)
    assert plan is not None
    room.training.state = state
    db.session.flush()
    assert due.to_open() == []
    operations.open_planned(plan.id)
    assert window(room, room.pre_id) is None


def test_what_was_missed_stays_closed(app: Flask) -> None:
    room = followups.followed()
    with months_on(room, days=40):
        open_due()
    assert window(room, room.later_id) is None


def test_a_dropped_plan_is_no_fault(app: Flask) -> None:
    operations.open_planned(999_999)
    operations.call_last(999_999)


def test_factories_are_told_once_when_it_opens_and_once_before_the_end(app: Flask) -> None:
    room = followups.followed(3)
    speaker = accounts.account(Role.FOCAL_POINT, factory=room.factory, language="en")
    with months_on(room):
        open_due()
        open_due()
        room.answer(0)
    assert [mail.recipient for mail in mails()] == [speaker.email]
    for days in (22, 23):
        with months_on(room, days=days):
            open_due()
    first, last = (read(mail) for mail in mails())
    assert all(person.name in first for person in room.people)
    assert room.people[0].name not in last
    assert room.people[1].name in last
    assert "one week is left" in last
    assert f"/sessions/{room.training.id}/follow-ups/{room.later_id}" in last
    assert room.training.code in last
    assert "score" not in last


def test_nobody_is_told_when_nobody_is_missing(app: Flask) -> None:
    room = followups.followed()
    accounts.account(Role.FOCAL_POINT, factory=room.factory)
    with months_on(room):
        open_due()
        room.answer(0)
    with months_on(room, days=22):
        open_due()
    assert len(mails()) == 1
