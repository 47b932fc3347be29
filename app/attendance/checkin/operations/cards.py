"""The trainer reads the cards that people carry."""

from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import persons
from app.accounts.models import PersonCard
from app.attendance.checkin.operations.loading import late_after, refuse_hindered, standing, well_known
from app.attendance.checkin.rules import mark_at, token_in
from app.attendance.operations.loading import hold, hold_people
from app.attendance.operations.log import Marking, take_down
from app.attendance.rules import Evidence, Mark
from app.factories.models import Factory, Person
from app.factories.queries import itself
from app.platform.clock import now
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat
from app.sessions.rules import SeatState


class Scan(StrEnum):
    """What came of a card or a number."""

    MARKED = "marked"
    ALREADY = "already"
    """Somebody of the programme has seen the person before."""
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    NO_SEAT = "no_seat"
    """Of somebody who is not expected here; who that is, is not said."""


@dataclass(frozen=True)
class Scanned:
    """What came of it, and of whom and with which mark, where that is known."""

    result: Scan
    seat: Seat | None = None
    mark: Mark | None = None


def scan(actor: Actor, meeting_id: int, text: str, factory_id: int | None = None) -> Scanned:
    """Mark whose card this is, or whose number at a factory: present, or late by the rule of the course. A card that is
    unknown, that was revoked, or of somebody without a seat changes nothing. What was read is written nowhere.

    Raises NotFound, and Refused when nobody can be marked now.
    """
    meeting = hold(actor, meeting_id)
    token = token_in(text)
    found = _of_card(token) if token else _of_number(text, factory_id)
    if isinstance(found, Scan):
        refuse_hindered(meeting)
        return Scanned(found)
    seat = sessions.seat_of(meeting.training_id, found) if hold_people([found]) else None
    refuse_hindered(meeting)
    if seat is None or seat.state is not SeatState.BOOKED:
        # Who works elsewhere under a number is not told to whoever tries numbers.
        return Scanned(Scan.NO_SEAT if token else Scan.UNKNOWN)
    return replace(_mark(actor, meeting, seat), seat=seat)


def _mark(actor: Actor, meeting: Meeting, seat: Seat) -> Scanned:
    if well_known(meeting.id, [seat.person_id]).get(seat.person_id):
        return Scanned(Scan.ALREADY)
    mark = mark_at(meeting, now(), late_after(meeting))
    seen = standing(meeting.id, [seat.person_id])[seat.person_id]
    marking = Marking(seat.person_id, mark, Evidence.CARD, seen=seen)
    take_down(actor, meeting, {seat.person_id: seat}, [marking])
    return Scanned(Scan.MARKED, mark=mark)


def _of_card(token: str) -> int | Scan:
    card = db.session.scalar(sa.select(PersonCard).where(PersonCard.token == token))
    if card is None:
        return Scan.UNKNOWN
    if card.revoked_at is not None:
        return Scan.REVOKED
    whose = sa.select(Person.id).where(Person.id == itself(card.person_id), Person.erased_at.is_(None))
    return db.session.scalar(whose) or Scan.UNKNOWN


def _of_number(number: str, factory_id: int | None) -> int | Scan:
    factory = db.session.get(Factory, factory_id) if factory_id else None
    if factory is None:
        return Scan.UNKNOWN
    return persons.by_number(db.session(), factory.code, number) or Scan.UNKNOWN
