"""Deciding about training sessions: what the verbs do, what they refuse, whom they tell."""

from datetime import date, datetime, time, timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.attendance import operations as attendance
from app.attendance.rules import Mark
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations as starting
from app.sessions import operations
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState
from app.sessions.rules.wall_time import HalfDay
from tests.make import accounts, factories, quizzes
from tests.make import sessions as make

DRAFT, TENTATIVE, CONFIRMED = TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED


@pytest.fixture
def trainer(app: Flask) -> Actor:
    return accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))


def _mails(kind: str) -> list[MailMessage]:
    return list(db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == kind).order_by(MailMessage.id)))


def _text(mail: MailMessage) -> str:
    parts = [part for part in message_from_bytes(mail.raw).walk() if part.get_content_type() == "text/plain"]
    return "".join(part.get_payload(decode=True).decode() for part in parts)


def _invitations() -> list[Invitation]:
    return list(db.session.scalars(sa.select(Invitation).order_by(Invitation.id)))


def _reserved(training: TrainingSession, factory: object) -> Seat:
    seat = Seat(
        training_id=training.id, factory_id=factory.id, person_id=None, site_id=make.site(training).id,
        modality=make.site(training).kind.modality, state=SeatState.RESERVED, place=900, requested_at=now(), settled_at=now(),
    )
    db.session.add(seat)
    db.session.flush()
    return seat


def _dates(training: TrainingSession, first: int = 30) -> dict[int, HalfDay]:
    return {meeting.number: make.half_day(first + meeting.number).when for meeting in training.meetings}


@pytest.fixture
def confirmed(trainer: Actor) -> TrainingSession:
    """Two half-days to come, a trainer, and one factory with a booked, a wait-listed and an unnamed seat."""
    factory = factories.factory()
    accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example")
    teacher = accounts.account(Role.TRAINER, programme=factories.programme())
    training = make.training(trainers=[teacher])
    make.seat(training, factory, factories.person(factory, name="Sok Dara", local_name=None, email="dara@mill.example"))
    make.seat(training, factory, factories.person(factory, name="Chan Thida", local_name=None), state=SeatState.WAIT_LISTED)
    _reserved(training, factory)
    return operations.confirm(trainer, training.id)


def test_postponing_empties_calendars_keeps_seats_and_says_why(trainer: Actor, confirmed: TrainingSession) -> None:
    seats = {seat.id: (seat.state, seat.place) for seat in db.session.scalars(sa.select(Seat))}
    for _ in range(2):
        operations.postpone(trainer, confirmed.id, "  Shipment  ")
    assert (confirmed.state, confirmed.postponed_reason) == (TrainingState.POSTPONED, "Shipment")
    assert [meeting.state for meeting in confirmed.meetings] == [MeetingState.POSTPONED] * 2
    assert all(invitation.told == {} and invitation.sequence == 1 for invitation in _invitations())
    assert {seat.id: (seat.state, seat.place) for seat in db.session.scalars(sa.select(Seat))} == seats
    (mail,) = _mails("sessions.postponed")
    assert mail.recipient == "hr@mill.example"
    for words in ("Shipment", "Sok Dara", "Chan Thida", "1 seat without a name"):
        assert words in _text(mail)


def test_resuming_invites_again_with_the_same_uid_and_a_higher_sequence(trainer: Actor, confirmed: TrainingSession) -> None:
    uids = {(i.meeting_id, i.address): i.uid for i in _invitations()}
    operations.postpone(trainer, confirmed.id, "Shipment")
    dates = _dates(confirmed)
    for _ in range(2):
        operations.resume(trainer, confirmed.id, dates)
    assert confirmed.state is CONFIRMED and confirmed.postponed_reason is None
    assert [m.starts for m in confirmed.meetings] == [dates[1].starts, dates[2].starts]
    found = _invitations()
    assert {(i.meeting_id, i.address): i.uid for i in found} == uids
    assert all(i.sequence == 2 and i.told["starts"] == dates[i.meeting.number].starts.isoformat() for i in found)
    (mail,) = _mails("sessions.new_dates")
    assert "Chan Thida" in _text(mail) and str(dates[1].starts.year) in _text(mail)


def test_a_tentative_one_is_tentative_again(trainer: Actor) -> None:
    training = make.training()
    operations.postpone(trainer, training.id, "Flood")
    operations.resume(trainer, training.id, _dates(training))
    assert training.state is TENTATIVE and not _invitations()


def test_only_what_has_not_begun_is_postponed(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(days=(-3, 4), state=CONFIRMED)
    seat = make.seat(training, factory)
    operations.postpone(trainer, training.id, "Flood")
    held, waits = training.meetings
    assert (held.state, waits.state) == (MeetingState.PLANNED, MeetingState.POSTPONED)
    attendance.mark(SYSTEM, held.id, seat.person_id, Mark.PRESENT)
    with pytest.raises(Refused):
        attendance.mark(SYSTEM, waits.id, seat.person_id, Mark.PRESENT)
    with pytest.raises(NotFound):
        operations.resume(trainer, training.id, {1: make.half_day(9).when, 2: make.half_day(10).when})
    operations.resume(trainer, training.id, {2: make.half_day(10).when})
    assert training.state is CONFIRMED and held.starts.date() == date.today() - timedelta(days=3)


def test_a_half_day_that_runs_holds_the_postponement_up(trainer: Actor) -> None:
    training = make.training(days=(0, 4), state=CONFIRMED)
    running = training.meetings[0]
    running.starts_at, running.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=1)
    db.session.flush()
    with pytest.raises(Refused, match="going on"):
        operations.postpone(trainer, training.id, "Flood")


@pytest.mark.parametrize(
    "when",
    [
        dict,
        lambda: {1: make.half_day(30).when},
        lambda: {1: make.half_day(30).when, 2: make.half_day(30, 10).when},
        lambda: {1: make.half_day(-2).when, 2: make.half_day(30).when},
        lambda: {1: make.half_day(30, zone="Mars/Base").when, 2: make.half_day(31).when},
        lambda: {1: HalfDay(*(make.half_day(30).when.ends, make.half_day(30).when.starts), "Asia/Phnom_Penh"), 2: make.half_day(31).when},
        lambda: {1: HalfDay(make.half_day(30).when.starts, make.half_day(30, 18).when.ends, "Asia/Phnom_Penh"), 2: make.half_day(31).when},
        lambda: {1: _in_the_gap(), 2: make.half_day(31).when},
    ],
)  # fmt: skip
def test_no_impossible_dates_for_postponed_half_days(trainer: Actor, when: object) -> None:
    training = make.training()
    operations.postpone(trainer, training.id, "Flood")
    db.session.commit()
    with pytest.raises(Refused):
        operations.resume(trainer, training.id, when())
    db.session.rollback()
    assert training.state is TrainingState.POSTPONED
    assert [meeting.state for meeting in training.meetings] == [MeetingState.POSTPONED] * 2


def _in_the_gap() -> HalfDay:
    """Cairo puts the clock forward at midnight of the last Friday of April."""
    year = date.today().year + 1
    friday = max(day for day in (date(year, 4, n) for n in range(24, 31)) if day.weekday() == 4)
    return HalfDay(datetime.combine(friday, time(0, 30)), datetime.combine(friday, time(4)), "Africa/Cairo")


def test_a_postponed_half_day_can_be_left_out_but_not_moved(trainer: Actor) -> None:
    training = make.training(days=(7, 8, 9))
    operations.postpone(trainer, training.id, "Flood")
    with pytest.raises(Refused):
        operations.move_meeting(trainer, training.id, 1, make.half_day(40).when)
    operations.cancel_meeting(trainer, training.id, 3)
    with pytest.raises(NotFound):
        operations.resume(trainer, training.id, _dates(training))
    operations.resume(trainer, training.id, {1: make.half_day(40).when, 2: make.half_day(41).when})
    assert [meeting.state for meeting in training.meetings] == [MeetingState.PLANNED, MeetingState.PLANNED, MeetingState.CANCELLED]


def test_a_postponed_one_can_be_cancelled_and_says_so_to_everybody(trainer: Actor, confirmed: TrainingSession) -> None:
    operations.postpone(trainer, confirmed.id, "Shipment")
    with pytest.raises(Refused):
        operations.confirm(trainer, confirmed.id)
    operations.cancel(trainer, confirmed.id, "No buyer")
    (mail,) = _mails("sessions.called_off")
    for words in ("No buyer", "Sok Dara", "Chan Thida", "1 seat without a name"):
        assert words in _text(mail), "booked, wait-listed and reserved are told"


def test_a_held_one_is_closed_and_not_cancelled(trainer: Actor) -> None:
    training = make.training(days=(-3, -2), state=CONFIRMED)
    with pytest.raises(Refused, match="was held"):
        operations.cancel(trainer, training.id, "late")
    with pytest.raises(Refused, match="still to come"):
        operations.postpone(trainer, training.id, "late")
    assert operations.close(trainer, training.id).state is TrainingState.CLOSED


def test_reopening_is_a_right_with_a_reason_and_logged(trainer: Actor) -> None:
    training = make.training(days=(-3, -2), state=CONFIRMED)
    seat = make.seat(training, factories.factory())
    operations.close(trainer, training.id)
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    with pytest.raises(NotFound):
        operations.reopen(trainer, training.id, "A mark is wrong")
    with pytest.raises(Refused):
        operations.reopen(manager, training.id, "  ")
    for _ in range(2):
        operations.reopen(manager, training.id, "A mark is wrong")
    assert (training.state, training.reopened_reason) == (CONFIRMED, "A mark is wrong")
    logged = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "sessions.reopen")).all()
    assert [(entry.subject, entry.account_id) for entry in logged] == [(f"training:{training.id}", manager.account_id)]
    attendance.mark(manager, training.meetings[0].id, seat.person_id, Mark.LATE)
    assert operations.close(trainer, training.id).state is TrainingState.CLOSED


def test_what_was_never_closed_is_not_opened_again(trainer: Actor) -> None:
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    for state in (DRAFT, TENTATIVE, CONFIRMED, TrainingState.CANCELLED):
        with pytest.raises(Refused):
            operations.reopen(manager, make.training(state=state).id, "why not")


@pytest.mark.parametrize("state", [DRAFT, TENTATIVE, TrainingState.POSTPONED, TrainingState.CANCELLED])
def test_no_roll_call_and_no_quiz_begin_before_it_takes_place(app: Flask, state: TrainingState) -> None:
    room = quizzes.room()
    room.training.state = state
    room.training.meetings[0].state = MeetingState.POSTPONED if state is TrainingState.POSTPONED else MeetingState.PLANNED
    db.session.flush()
    with pytest.raises(Refused):
        attendance.mark(SYSTEM, room.training.meetings[0].id, room.person.id, Mark.PRESENT)
    if state is not TENTATIVE:  # a quiz was open: it can only have been confirmed before
        with pytest.raises(Refused):
            starting.start(room.actor)


def test_to_be_announced_waits_for_a_half_day_before_it_is_confirmed(trainer: Actor) -> None:
    known = make.training()
    plan = operations.Plan(
        programme_id=known.programme_id, version_id=known.version_id, language="km", half_days=(), trainer_ids=(),
        capacity_in_person=5, capacity_virtual=0, venue="Hall", expected_on=date(2027, 3, 1),
    )
    training = operations.schedule(trainer, plan)
    assert (training.state, training.meetings, training.expected_on) == (TENTATIVE, [], date(2027, 3, 1))
    with pytest.raises(Refused, match="no half-days"):
        operations.confirm(trainer, training.id)
    operations.add_half_day(trainer, training.id, make.half_day(20))
    assert operations.confirm(trainer, training.id).state is CONFIRMED and training.expected_on is None
