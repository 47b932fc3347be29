"""Who holds which entry after every change: guests of each half-day, numbers that only rise, answers that stay or go."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.sessions import operations
from app.sessions.calendar.faults import faults
from app.sessions.models import (
    Interpreter,
    Invitation,
    Meeting,
    MeetingInterpreter,
    MeetingSite,
    Seat,
    SeatAtMeeting,
    TrainingSession,
)
from app.sessions.operations import invitations
from app.sessions.rules import MeetingState, Modality, Participation, SeatState, SiteKind, TrainingState
from app.sessions.rules.invitations import Place, later, place_at
from tests.counts import examples
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted

DARA, SREY = "dara@mill.example", "srey@mill.example"


def _calendars(after: int = 0) -> list[tuple[str, str]]:
    """Recipient and iCalendar text of each calendar mail, in order; every one is faultless."""
    found = []
    for mail in db.session.scalars(sa.select(MailMessage).where(MailMessage.id > after).order_by(MailMessage.id)):
        for part in message_from_bytes(mail.raw).walk():
            if part.get_content_type() == "text/calendar":
                ics = part.get_payload(decode=True)
                assert faults(ics) == []
                found.append((mail.recipient, ics.replace(b"\r\n ", b"").decode()))
    return found


def _last() -> int:
    return db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(MailMessage.id), 0))) or 0


def _value(ics: str, name: str) -> str:
    return re.search(rf"^{name}(?:;[^:\r]*)?:(.*)\r$", ics, re.MULTILINE)[1]


def _methods(after: int) -> list[tuple[str, str]]:
    return sorted((who, _value(ics, "METHOD")) for who, ics in _calendars(after))


def _invited() -> dict[str, list[int]]:
    """Address -> the half-days for which it holds an entry."""
    found = defaultdict(list)
    for row in db.session.scalars(sa.select(Invitation).order_by(Invitation.meeting_id)):
        if row.told:
            found[row.address].append(row.meeting.number)
    return dict(found)


@pytest.fixture
def mill(app: Flask) -> Factory:
    return factories.factory("MILL")


def _training(mill: Factory, **values: object) -> TrainingSession:
    """Confirmed, with two people of the mill booked: Dara in the room, Srey alone."""
    training = make.training(**values)
    make.seat(training, mill, factories.person(mill, email=DARA))
    make.seat(training, mill, factories.person(mill, email=SREY), kind=SiteKind.REMOTE)
    operations.confirm(SYSTEM, training.id)
    return training


# --- numbers and answers ---


def _move(training: TrainingSession, number: int) -> None:
    for meeting in training.meetings:
        for name in ("starts", "ends", "starts_at", "ends_at"):
            setattr(meeting, name, getattr(meeting, name) + timedelta(minutes=number - 3 or 7))


def _relink(training: TrainingSession, number: int) -> None:
    training.meetings[0].join_url = f"https://meet.example/{number}"


def _rename_place(training: TrainingSession, number: int) -> None:
    training.sites[0].name = f"Hall {number}"


def _switch(training: TrainingSession, number: int) -> None:
    training.meetings[-1].modality = list(Modality)[number % 3]


def _retitle(training: TrainingSession, number: int) -> None:
    training.version.titles = {"en": f"Title {number}"}


def _pause(training: TrainingSession, number: int) -> None:
    training.meetings[-1].state = MeetingState.POSTPONED if number % 2 else MeetingState.PLANNED


def _whole(training: TrainingSession, number: int) -> None:
    training.state = TrainingState.CONFIRMED if number % 2 else TrainingState.POSTPONED


STEPS: tuple[Callable[[TrainingSession, int], None], ...] = (_move, _relink, _rename_place, _switch, _retitle, _pause, _whole)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), max_size=12))
def test_numbers_only_rise_whatever_happens(app: Flask, walk: list[tuple[Callable[[TrainingSession, int], None], int]]) -> None:
    mill, begun = factories.factory(), _last()
    training = make.training(version=courses.version())
    make.seat(training, mill, factories.person(mill, email=DARA))
    operations.confirm(SYSTEM, training.id)
    for step, number in walk:
        step(training, number)
        invitations.settle(training)
    operations.cancel(SYSTEM, training.id, "Over")
    told = defaultdict(list)
    for _who, ics in _calendars(begun):
        told[_value(ics, "UID")].append((int(_value(ics, "SEQUENCE")), _value(ics, "DTSTAMP"), _value(ics, "METHOD")))
    assert len(told) == 2
    for mails in told.values():
        assert mails[0][0] == 0 and mails[-1][2] == "CANCEL"
        for (sequence, stamp, method), (next_sequence, next_stamp, next_method) in pairwise(mails):
            assert next_sequence == sequence + 1 and next_stamp > stamp
            assert "REQUEST" in {method, next_method}, "nothing is cancelled twice"


def test_the_stamp_is_at_least_a_second_later_even_when_the_clock_goes_back() -> None:
    at = now()
    assert later(at, None) == at.replace(microsecond=0)
    assert later(at, at) - at.replace(microsecond=0) == timedelta(seconds=1)
    assert later(at - timedelta(hours=1), at) == at.replace(microsecond=0) + timedelta(seconds=1)
    assert later(at + timedelta(hours=1), at) == (at + timedelta(hours=1)).replace(microsecond=0)


def _answered(participation: Participation = Participation.ACCEPTED) -> Invitation:
    row = db.session.scalars(sa.select(Invitation).where(Invitation.address == DARA).order_by(Invitation.meeting_id)).first()
    row.participation, row.replied_at, row.reply_stamp, row.reply_sequence = participation, now(), now(), 0
    row.reply_note, row.proposal = "Yes", {"starts": "2027-01-01T08:00:00"}
    db.session.flush()
    return row


def test_another_time_asks_anew(mill: Factory) -> None:
    training, before = _training(mill), _last()
    row = _answered()
    operations.move_meeting(SYSTEM, training.id, 1, make.half_day(20).when)
    assert row.participation is Participation.NEEDS_ACTION
    assert [row.replied_at, row.reply_stamp, row.reply_sequence, row.reply_note, row.proposal] == [None] * 5
    assert all("PARTSTAT=NEEDS-ACTION" in ics and "RSVP=TRUE" in ics for _who, ics in _calendars(before))


@pytest.mark.parametrize("answer", [Participation.ACCEPTED, Participation.TENTATIVE, Participation.DECLINED])
def test_another_place_or_title_keeps_the_answer_and_says_it(mill: Factory, answer: Participation) -> None:
    training, before = _training(mill), _last()
    row = _answered(answer)
    _rename_place(training, 9)
    invitations.settle(training)
    _retitle(training, 1)
    invitations.settle(training)
    assert (row.participation, row.reply_note) == (answer, "Yes")
    mails = [ics for who, ics in _calendars(before) if _value(ics, "UID") == row.uid]
    assert [_value(ics, "SEQUENCE") for ics in mails] == ["1", "2"]
    assert all(f"PARTSTAT={answer.name}" in ics and "RSVP=TRUE" in ics for ics in mails)


def test_whoever_is_invited_again_has_not_answered(mill: Factory) -> None:
    training = _training(mill)
    row = _answered()
    seat = next(seat for seat in db.session.query(Seat) if seat.person.email == DARA)
    operations.withdraw(SYSTEM, training.id, seat.id)
    assert (row.participation, row.proposal) == (Participation.NEEDS_ACTION, None)


# --- guests ---


def _interpreter(training: TrainingSession, meeting: Meeting, email: str | None) -> None:
    interpreter = Interpreter(programme_id=training.programme_id, name=f"Chan Thy {email}", email=email, languages=["km", "zh"])
    db.session.add(interpreter)
    db.session.flush()
    db.session.add(MeetingInterpreter(meeting_id=meeting.id, interpreter_id=interpreter.id))
    db.session.flush()


def test_everybody_with_a_part_and_an_address_is_invited(mill: Factory) -> None:
    """Trainer, interpreter of one half-day, focal point, the factory's advisor, who looks after the room; not who only watches."""
    other, programme = factories.factory("OTHER"), factories.programme()
    people = {
        "trainer@office.example": (Role.TRAINER, {"programme": programme}), "hr@mill.example": (Role.FOCAL_POINT, {"factory": mill}),
        "advisor@office.example": (Role.ADVISOR, {"factory": mill}), "advises-all@office.example": (Role.ADVISOR, {"programme": programme}),
        "advises-other@office.example": (Role.ADVISOR, {"factory": other}), "hr@other.example": (Role.FOCAL_POINT, {"factory": other}),
        "it@mill.example": (Role.FACTORY_AMBASSADOR, {"factory": mill}), "manager@office.example": (Role.PROGRAMME_MANAGER, {"programme": programme}),
    }
    made = {email: accounts.account(role, email=email, **where) for email, (role, where) in people.items()}
    training = make.training(trainers=[made["trainer@office.example"]], rooms=[mill])
    make.site(training, SiteKind.FACTORY_ROOM).focal_account_id = made["it@mill.example"].id
    make.seat(training, mill, kind=SiteKind.FACTORY_ROOM)
    _interpreter(training, training.meetings[1], "thy@words.example")
    _interpreter(training, training.meetings[1], None)
    operations.confirm(SYSTEM, training.id)
    assert _invited() == {
        "trainer@office.example": [1, 2], "hr@mill.example": [1, 2], "advisor@office.example": [1, 2], "it@mill.example": [1, 2],
        "thy@words.example": [2],
    }
    assert all(row.told["join_url"] == make.LINK for row in db.session.query(Invitation))
    before = _last()
    training.meetings[0].modality = Modality.IN_PERSON
    invitations.settle(training)
    assert ("it@mill.example", "CANCEL") in _methods(before), "nobody needs the connection of a half-day in person"


@pytest.mark.parametrize("state", [SeatState.REQUESTED, SeatState.WAIT_LISTED, SeatState.OFFERED, SeatState.DECLINED, SeatState.WITHDRAWN])
def test_only_the_booked_are_invited(mill: Factory, state: SeatState) -> None:
    """Neither the person nor whoever speaks for the factory gets an entry, or the link."""
    accounts.account(Role.FOCAL_POINT, factory=mill, email="hr@mill.example")
    training = make.training(trainers=[accounts.account(Role.TRAINER, programme=factories.programme(), email="t@office.example")])
    make.seat(training, mill, factories.person(mill, email=DARA), state=state, kind=SiteKind.REMOTE)
    operations.confirm(SYSTEM, training.id)
    operations.change_link(SYSTEM, training.id, 1, "https://meet.example/new")
    assert list(_invited()) == ["t@office.example"]
    assert {who for who, _ics in _calendars()} == {"t@office.example"}


def test_a_reserved_seat_without_a_name_invites_nobody(mill: Factory) -> None:
    training = make.training()
    seat = make.seat(training, mill, factories.person(mill, email=DARA))
    seat.state, seat.person_id = SeatState.RESERVED, None
    operations.confirm(SYSTEM, training.id)
    assert _invited() == {}


def test_promoted_people_are_asked_and_withdrawn_ones_taken_out(mill: Factory) -> None:
    training = make.training(in_person=1, days=(5,))
    seat = make.seat(training, mill, factories.person(mill, email=DARA))
    make.seat(training, mill, factories.person(mill, email=SREY), state=SeatState.WAIT_LISTED)
    operations.confirm(SYSTEM, training.id)
    before = _last()
    operations.withdraw(SYSTEM, training.id, seat.id)
    assert _methods(before) == [(DARA, "CANCEL"), (SREY, "REQUEST")]
    (gone,) = [ics for who, ics in _calendars(before) if who == DARA]
    assert make.LINK not in gone


def test_a_swap_asks_one_and_takes_out_the_other(mill: Factory) -> None:
    training = _training(mill, days=(5,))
    before, seat = _last(), db.session.query(Seat).filter_by(site_id=make.site(training).id).one()
    seat.person_id = factories.person(mill, email="instead@mill.example").id
    db.session.flush()
    db.session.expire(seat)
    invitations.settle(training)
    assert _methods(before) == [(DARA, "CANCEL"), ("instead@mill.example", "REQUEST")]


def test_a_tentative_session_invites_nobody(mill: Factory) -> None:
    training = make.training()
    make.seat(training, mill, factories.person(mill, email=DARA))
    invitations.settle(training)
    assert _calendars() == []


def test_a_postponed_half_day_leaves_and_comes_back_as_the_same_entry(mill: Factory) -> None:
    training = _training(mill)
    before, meeting = _last(), training.meetings[1]
    meeting.state = MeetingState.POSTPONED
    invitations.settle(training)
    assert _methods(before) == [(DARA, "CANCEL"), (SREY, "CANCEL")]
    raw = db.session.scalars(sa.select(MailMessage).where(MailMessage.id > before)).first()
    assert raw.subject.startswith("បានពន្យារពេល") or raw.subject.startswith("Postponed")
    gone, back = _calendars(before), _last()
    meeting.state = MeetingState.PLANNED
    _move(training, 5)
    invitations.settle(training)
    again = [(who, ics) for who, ics in _calendars(back) if _value(ics, "UID") in {_value(ics, "UID") for _who, ics in gone}]
    assert sorted((who, _value(ics, "METHOD"), _value(ics, "SEQUENCE")) for who, ics in again) == [
        (DARA, "REQUEST", "2"), (SREY, "REQUEST", "2"),
    ]


def test_a_half_day_of_its_own_sites(mill: Factory) -> None:
    """Who sits in a room that this half-day does not use joins alone; a single exception sits elsewhere."""
    training = make.training(rooms=[mill])
    venue, room = make.site(training), make.site(training, SiteKind.FACTORY_ROOM)
    seat = make.seat(training, mill, factories.person(mill, email=DARA), kind=SiteKind.FACTORY_ROOM)
    make.seat(training, mill, factories.person(mill, email=SREY))
    first, second = training.meetings
    db.session.add(MeetingSite(meeting_id=first.id, site_id=venue.id))
    db.session.add(SeatAtMeeting(seat_id=seat.id, meeting_id=second.id, site_id=venue.id, modality=Modality.IN_PERSON, place=9))
    db.session.flush()
    operations.confirm(SYSTEM, training.id)
    told = {(row.address, row.meeting.number): (row.told["places"], row.told["join_url"]) for row in db.session.query(Invitation)}
    assert told == {
        (DARA, 1): ([], make.LINK), (DARA, 2): ([venue.name], None),
        (SREY, 1): ([venue.name], None), (SREY, 2): ([venue.name], None),
    }
    assert room.name not in str(told)


@pytest.mark.parametrize(("site", "used", "where"), [
    (Place(SiteKind.VENUE, "A"), [Place(SiteKind.VENUE, "B"), Place(SiteKind.REMOTE, "")], Place(SiteKind.VENUE, "B")),
    (Place(SiteKind.VENUE, "A"), [Place(SiteKind.REMOTE, "")], Place(SiteKind.REMOTE, "")),
    (Place(SiteKind.FACTORY_ROOM, "R"), [Place(SiteKind.VENUE, "B")], Place(SiteKind.REMOTE, "")),
    (Place(SiteKind.FACTORY_ROOM, "R"), [Place(SiteKind.FACTORY_ROOM, "R")], Place(SiteKind.FACTORY_ROOM, "R")),
])
def test_where_somebody_joins_a_half_day_that_uses_some_sites(site: Place, used: list[Place], where: Place) -> None:
    assert place_at(site, used) == where


def test_statements_do_not_grow_with_the_guests(mill: Factory) -> None:
    counts = []
    for people in (1, 2, 60):  # whether anybody subscribed to events is read once
        training = make.training(rooms=[mill], in_person=100, days=(3, 4, 5))
        for number in range(people):
            make.seat(training, mill, factories.person(mill, email=f"p{people}-{number}@mill.example"))
        db.session.expire_all()
        with counted() as statements:
            operations.confirm(SYSTEM, training.id)
        counts.append(len(statements))
    assert counts[1] == counts[2] <= 36, counts


