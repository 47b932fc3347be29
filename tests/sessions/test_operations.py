"""The verbs: what they change, what they refuse, and what they leave as it is."""

from email import message_from_bytes

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations, queries
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState
from tests.make import accounts, factories
from tests.make import sessions as make


@pytest.fixture
def trainer(app: Flask) -> Actor:
    return accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))


def _mails(kind: str = "") -> list[MailMessage]:
    statement = sa.select(MailMessage).order_by(MailMessage.id)
    return list(db.session.scalars(statement.where(MailMessage.kind == kind) if kind else statement))


def _invitations() -> list[Invitation]:
    return list(db.session.scalars(sa.select(Invitation).order_by(Invitation.id)))


def test_schedule_makes_everything(app: Flask) -> None:
    factory = factories.factory()
    training = make.training(rooms=[factory], trainers=[accounts.account(Role.TRAINER, programme=factories.programme())])
    assert training.state is TrainingState.TENTATIVE
    assert [site.kind for site in training.sites] == [SiteKind.VENUE, SiteKind.FACTORY_ROOM, SiteKind.REMOTE]
    assert [meeting.number for meeting in training.meetings] == [1, 2]
    assert (training.meetings[0].starts_at.hour, training.meetings[0].starts.hour) == (1, 8)
    assert queries.by_code(f" {training.code[:3].lower()}-{training.code[3:]}") == training


def test_the_system_may_tell_of_the_past_and_a_trainer_not(trainer: Actor) -> None:
    past = make.training(days=(-5, -4))
    plan = operations.Plan(
        programme_id=past.programme_id, version_id=past.version_id, language="km", half_days=(make.half_day(-1),),
        trainer_ids=(), capacity_in_person=1, capacity_virtual=0,
    )
    with pytest.raises(Refused):
        operations.schedule(trainer, plan)


def test_nobody_plans_in_a_foreign_programme(trainer: Actor) -> None:
    foreign = make.training(programme=factories.programme("BD", zone="Asia/Dhaka"))
    for verb in (operations.confirm, operations.close):
        with pytest.raises(NotFound):
            verb(trainer, foreign.id)
    with pytest.raises(NotFound):
        operations.cancel(trainer, foreign.id, "x")


def test_confirm_invites_once(trainer: Actor) -> None:
    factory = factories.factory()
    point = accounts.account(Role.FOCAL_POINT, factory=factory, language="vi")
    teacher = accounts.account(Role.TRAINER, programme=factories.programme())
    training = make.training(rooms=[factory], trainers=[teacher])
    make.seat(training, factory, factories.person(factory, email="Dara@Mill.example"), kind=SiteKind.FACTORY_ROOM)
    make.seat(training, factory)
    make.seat(training, factory, factories.person(factory, email="waits@mill.example"), state=SeatState.REQUESTED)
    assert operations.confirm(trainer, training.id).state is TrainingState.CONFIRMED
    operations.confirm(trainer, training.id)
    told = {(i.address, i.meeting.number, i.sequence) for i in _invitations()}
    addresses = {teacher.email, point.email, "dara@mill.example"}
    assert told == {(address, number, 0) for address in addresses for number in (1, 2)}
    assert len(_mails("sessions.invitation")) == 6
    assert len({i.uid for i in _invitations()}) == 6


def test_only_who_joins_remotely_or_teaches_gets_the_link(trainer: Actor) -> None:
    here, there = factories.factory(), factories.factory()
    in_room = accounts.account(Role.FOCAL_POINT, factory=here)
    remote = accounts.account(Role.FOCAL_POINT, factory=there)
    teacher = accounts.account(Role.TRAINER, programme=factories.programme())
    training = make.training(rooms=[there], trainers=[teacher], days=(3,))
    make.seat(training, here, factories.person(here, email="here@mill.example"))
    make.seat(training, there, factories.person(there, email="there@mill.example"), kind=SiteKind.REMOTE)
    operations.confirm(trainer, training.id)
    links = {i.address: i.told["join_url"] for i in _invitations()}
    assert links == {
        teacher.email: make.LINK, remote.email: make.LINK, "there@mill.example": make.LINK,
        in_room.email: None, "here@mill.example": None,
    }
    told = {mail.recipient for mail in _mails("sessions.invitation") if make.LINK.encode() in _text(mail)}
    assert told == {teacher.email, remote.email, "there@mill.example"}


def _text(mail: MailMessage) -> bytes:
    parts = message_from_bytes(mail.raw).walk()
    return b"".join(part.get_payload(decode=True) for part in parts if not part.is_multipart()).replace(b"\r\n ", b"")


def test_an_address_that_is_none_stops_nobody(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(days=(3,))
    make.seat(training, factory, factories.person(factory, email="not an address"))
    make.seat(training, factory, factories.person(factory, email="good@mill.example"))
    operations.confirm(trainer, training.id)
    assert [i.address for i in _invitations()] == ["good@mill.example"]


def test_moving_raises_the_sequence_of_that_half_day_alone(trainer: Actor) -> None:
    teacher = accounts.account(Role.TRAINER, programme=factories.programme())
    training = make.training(trainers=[teacher], state=TrainingState.TENTATIVE)
    operations.confirm(trainer, training.id)
    before = {i.meeting.number: i.uid for i in _invitations()}
    when = make.half_day(20, 13).when
    operations.move_meeting(trainer, training.id, 2, when)
    operations.move_meeting(trainer, training.id, 2, when)
    assert {i.meeting.number: i.sequence for i in _invitations()} == {1: 0, 2: 1}
    assert {i.meeting.number: i.uid for i in _invitations()} == before
    (mail,) = _mails("sessions.change")
    assert b"Before it was" in _text(mail)


def test_moving_onto_another_half_day_or_into_the_past_is_refused(trainer: Actor) -> None:
    training = make.training(days=(7, 8))
    for when in (make.half_day(7, 9).when, make.half_day(-1).when, make.half_day(9, zone="Mars/Base").when):
        with pytest.raises(Refused):
            operations.move_meeting(trainer, training.id, 2, when)
    assert {m.starts_at for m in training.meetings} == {m.starts_at for m in queries.held_meetings(training.id)}


def test_a_new_link_tells_only_who_needs_it(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(days=(3,), trainers=[accounts.account(Role.TRAINER, programme=factories.programme())])
    make.seat(training, factory, factories.person(factory, email="here@mill.example"))
    operations.confirm(trainer, training.id)
    operations.change_link(trainer, training.id, 1, "https://meet.example/other")
    assert {i.address: i.sequence for i in _invitations()}["here@mill.example"] == 0
    assert len(_mails("sessions.change")) == 1


def test_cancelling_a_half_day_keeps_the_last(trainer: Actor) -> None:
    training = make.training(trainers=[accounts.account(Role.TRAINER, programme=factories.programme())])
    operations.confirm(trainer, training.id)
    operations.cancel_meeting(trainer, training.id, 1)
    operations.cancel_meeting(trainer, training.id, 1)
    assert len(_mails("sessions.cancellation")) == 1
    assert [m.state for m in training.meetings] == [MeetingState.CANCELLED, MeetingState.PLANNED]
    with pytest.raises(Refused):
        operations.cancel_meeting(trainer, training.id, 2)
    with pytest.raises(Refused):
        operations.move_meeting(trainer, training.id, 1, make.half_day(30).when)
    with pytest.raises(NotFound):
        operations.cancel_meeting(trainer, training.id, 3)


def test_cancelling_tells_everybody_and_ends_it(trainer: Actor) -> None:
    factory = factories.factory()
    point = accounts.account(Role.FOCAL_POINT, factory=factory)
    training = make.training(trainers=[accounts.account(Role.TRAINER, programme=factories.programme())])
    make.seat(training, factory)
    waiting = make.seat(training, factory, state=SeatState.WAIT_LISTED)
    operations.confirm(trainer, training.id)
    operations.cancel(trainer, training.id, "  Flood in the district  ")
    operations.cancel(trainer, training.id, "again")
    assert training.cancelled_reason == "Flood in the district"
    assert len(_mails("sessions.cancellation")) == 4
    (note,) = _mails("sessions.called_off")
    assert note.recipient == point.email and waiting.person.name.encode() in _text(note)
    assert all(i.sequence == 1 and i.told == {} for i in _invitations())
    for refused in (
        lambda: operations.confirm(trainer, training.id),
        lambda: operations.book(trainer, training.id, waiting.id),
        lambda: operations.withdraw(trainer, training.id, waiting.id),
        lambda: operations.move_meeting(trainer, training.id, 1, make.half_day(30).when),
        lambda: operations.nominate(trainer, training.id, factory, [factories.person(factory).id], make.site(training).id),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_tentative_session_is_cancelled_without_calendar_mails(trainer: Actor) -> None:
    factory = factories.factory()
    accounts.account(Role.FOCAL_POINT, factory=factory)
    training = make.training()
    make.seat(training, factory, state=SeatState.REQUESTED)
    operations.cancel(trainer, training.id, "Too few people")
    assert [mail.kind for mail in _mails()] == ["sessions.called_off"]


def test_close_only_after_the_last_half_day(trainer: Actor) -> None:
    coming, past = make.training(state=TrainingState.CONFIRMED), make.training(days=(-3, -2), state=TrainingState.CONFIRMED)
    with pytest.raises(Refused):
        operations.close(trainer, coming.id)
    assert operations.close(trainer, past.id).state is TrainingState.CLOSED
    assert operations.close(trainer, past.id).state is TrainingState.CLOSED
    with pytest.raises(Refused):
        operations.cancel(trainer, past.id, "late")


def test_nobody_is_told_about_what_is_over(trainer: Actor) -> None:
    factory = factories.factory()
    teacher = accounts.account(Role.TRAINER, programme=factories.programme())
    training = make.training(days=(-1, 1), trainers=[teacher])
    operations.confirm(trainer, training.id)
    assert [i.meeting.number for i in _invitations()] == [2]
    seat = make.seat(training, factory, factories.person(factory, email="x@mill.example"))
    operations.withdraw(trainer, training.id, seat.id)
    assert not _mails("sessions.cancellation")


# --- seats ---


def test_nominate_twice_is_once_and_again_after_a_withdrawal(trainer: Actor) -> None:
    factory = factories.factory()
    training, person = make.training(), factories.person(factory)
    site = make.site(training)
    assert len(operations.nominate(trainer, training.id, factory, [person.id, person.id], site.id)) == 1
    assert operations.nominate(trainer, training.id, factory, [person.id], site.id) == []
    seat = queries.seat_of(training.id, person.id)
    assert seat and (seat.state, seat.modality, seat.place) == (SeatState.REQUESTED, Modality.IN_PERSON, None)
    operations.withdraw(trainer, training.id, seat.id)
    room = make.site(training, SiteKind.REMOTE)
    assert len(operations.nominate(trainer, training.id, factory, [person.id], room.id)) == 1
    db.session.expire_all()
    assert (seat.state, seat.modality) == (SeatState.REQUESTED, Modality.VIRTUAL)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Seat)) == 1


def test_nominations_of_others_are_not_found(app: Flask) -> None:
    own, other = factories.factory(), factories.factory()
    point = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=own))
    training = make.training(rooms=[own, other])
    venue, foreign_room = make.site(training), make.site(training, SiteKind.FACTORY_ROOM, other)
    stranger, mine = factories.person(other), factories.person(own)
    for factory, person, site in ((other, stranger, venue), (own, stranger, venue), (own, mine, foreign_room)):
        with pytest.raises(NotFound):
            operations.nominate(point, training.id, factory, [person.id], site.id)
    assert len(operations.nominate(point, training.id, own, [mine.id], make.site(training, SiteKind.FACTORY_ROOM, own).id)) == 1


def test_places_are_filled_from_below_and_the_rest_waits(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(in_person=2, virtual=1)
    seats = [make.seat(training, factory, state=SeatState.REQUESTED) for _ in range(3)]
    alone = [make.seat(training, factory, state=SeatState.REQUESTED, kind=SiteKind.REMOTE) for _ in range(2)]
    operations.book_all(trainer, training.id)
    assert [(s.state, s.place) for s in seats] == [(SeatState.BOOKED, 1), (SeatState.BOOKED, 2), (SeatState.WAIT_LISTED, None)]
    assert [(s.state, s.place) for s in alone] == [(SeatState.BOOKED, 1), (SeatState.WAIT_LISTED, None)]
    assert operations.book_all(trainer, training.id) == []


def test_withdrawing_promotes_who_waits_longest_for_that_kind_of_place(trainer: Actor) -> None:
    factory = factories.factory()
    point = accounts.account(Role.FOCAL_POINT, factory=factory, language="en")
    training = make.training(in_person=1, virtual=1)
    booked = make.seat(training, factory)
    make.seat(training, factory, kind=SiteKind.REMOTE)
    virtual = make.seat(training, factory, state=SeatState.WAIT_LISTED, kind=SiteKind.REMOTE)
    first, second = (make.seat(training, factory, state=SeatState.WAIT_LISTED) for _ in range(2))
    operations.withdraw(trainer, training.id, booked.id)
    operations.withdraw(trainer, training.id, booked.id)
    assert (first.state, first.place) == (SeatState.BOOKED, 1)
    assert (second.state, virtual.state) == (SeatState.WAIT_LISTED, SeatState.WAIT_LISTED)
    (note,) = _mails("sessions.seats")
    assert note.recipient == point.email
    text = _text(note).decode()
    assert text.index("Booked from the waiting list:") < text.index(first.person.name) < text.index("Withdrawn:") < text.index(booked.person.name)


def test_withdrawing_who_waits_promotes_nobody(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(in_person=1)
    make.seat(training, factory)
    waiting, other = (make.seat(training, factory, state=SeatState.WAIT_LISTED) for _ in range(2))
    operations.withdraw(trainer, training.id, waiting.id)
    assert other.state is SeatState.WAIT_LISTED


def test_nobody_gets_a_place_in_what_is_over(trainer: Actor) -> None:
    """A seat that is withdrawn after the last half-day is no news for who waited for it."""
    training = make.training(in_person=1, state=TrainingState.CONFIRMED, days=(-3, -2))
    factory = factories.factory()
    seat = make.seat(training, factory)
    waiting = make.seat(training, factory, state=SeatState.WAIT_LISTED)
    operations.withdraw(trainer, training.id, seat.id)
    db.session.expire_all()
    assert (waiting.state, waiting.place) == (SeatState.WAIT_LISTED, None)


def test_booking_and_withdrawing_in_a_confirmed_session_reach_the_calendar(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(days=(3,), state=TrainingState.CONFIRMED)
    seat = make.seat(training, factory, factories.person(factory, email="dara@mill.example"), state=SeatState.REQUESTED)
    operations.book(trainer, training.id, seat.id)
    operations.book(trainer, training.id, seat.id)
    operations.withdraw(trainer, training.id, seat.id)
    operations.nominate(SYSTEM, training.id, factory, [seat.person_id], make.site(training).id)
    operations.book(trainer, training.id, seat.id)
    kinds = [mail.kind for mail in _mails()]
    assert kinds == ["sessions.invitation", "sessions.cancellation", "sessions.invitation"]
    (invitation,) = _invitations()
    assert invitation.sequence == 2 and invitation.told


def test_a_withdrawn_or_foreign_seat_is_not_booked(trainer: Actor) -> None:
    factory = factories.factory()
    training, other = make.training(), make.training()
    withdrawn = make.seat(training, factory, state=SeatState.WITHDRAWN)
    with pytest.raises(Refused):
        operations.book(trainer, training.id, withdrawn.id)
    for seat_id in (make.seat(other, factory, state=SeatState.REQUESTED).id, 10**6):
        with pytest.raises(NotFound):
            operations.book(trainer, training.id, seat_id)


def test_a_focal_point_withdraws_own_people_only(app: Flask) -> None:
    own, other = factories.factory(), factories.factory()
    point = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=own))
    training = make.training()
    mine, theirs = make.seat(training, own), make.seat(training, other)
    operations.withdraw(point, training.id, mine.id)
    with pytest.raises(NotFound):
        operations.withdraw(point, training.id, theirs.id)
    with pytest.raises(NotFound):
        operations.book(point, training.id, mine.id)


def test_a_factory_takes_nobody_back_from_what_is_over(trainer: Actor) -> None:
    """Who did not come stays in the register as absent."""
    factory = factories.factory()
    point = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    training = make.training(state=TrainingState.CONFIRMED, days=(-3, -2))
    seat = make.seat(training, factory)
    with pytest.raises(Refused, match="is over"):
        operations.withdraw(point, training.id, seat.id)
    assert seat.state is SeatState.BOOKED
    assert operations.withdraw(trainer, training.id, seat.id).state is SeatState.WITHDRAWN


def test_the_database_itself_refuses_a_place_twice(app: Flask) -> None:
    factory = factories.factory()
    training = make.training()
    first, second = make.seat(training, factory), make.seat(training, factory)
    second.place = first.place
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()


def test_the_log_holds_ids_and_no_names(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training()
    person = factories.person(factory)
    operations.nominate(trainer, training.id, factory, [person.id], make.site(training).id)
    operations.cancel(trainer, training.id, "Sok Dara is ill")
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.account_id == trainer.account_id)).all()
    assert {entry.action for entry in entries} == {"sessions.nominate", "sessions.cancel"}
    assert "Dara" not in str([entry.details for entry in entries])
    assert db.session.get_one(TrainingSession, training.id).cancelled_reason == "Sok Dara is ill"
