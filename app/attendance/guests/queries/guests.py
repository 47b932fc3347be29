"""The unknown people of a training session."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.attendance.guests.models import Guest
from app.attendance.guests.queries.marks import known_of
from app.attendance.guests.rules import GuestState
from app.attendance.rules import Decided
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class Row:
    """A guest, and what counts of the guest at each half-day, by its id."""

    guest: Guest
    known: Mapping[int, Decided]


def guests(training_id: int, state: GuestState | None = None) -> list[Row]:
    """Guests with factory, site and marks, in the order in which they came. Two statements."""
    statement = sa.select(Guest).where(Guest.training_id == training_id)
    if state is not None:
        statement = statement.where(Guest.state == state)
    parts = joinedload(Guest.factory), joinedload(Guest.site), joinedload(Guest.person)
    found = db.session.scalars(statement.options(*parts).order_by(Guest.id)).all()
    known = known_of([guest.id for guest in found]) if found else {}
    return [
        Row(guest, {meeting_id: each for (guest_id, meeting_id), each in known.items() if guest_id == guest.id})
        for guest in found
    ]


def open_guests(training_id: int) -> int:
    """How many nobody has found yet."""
    is_open = sa.and_(Guest.training_id == training_id, Guest.state == GuestState.OPEN)
    return db.session.scalar(sa.select(sa.func.count()).select_from(Guest).where(is_open)) or 0


def guest_of(training: TrainingSession, guest_id: int) -> Row:
    """One guest of a training session. Raises NotFound."""
    guest = db.session.get(Guest, guest_id)
    if guest is None or guest.training_id != training.id:
        raise NotFound
    return Row(guest, {meeting_id: each for (_, meeting_id), each in known_of([guest.id]).items()})
