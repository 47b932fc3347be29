"""What was marked of guests, and of the people whom they may be."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from app.attendance.guests.models import GuestMark
from app.attendance.models import CurrentMark
from app.attendance.queries import Known
from app.attendance.rules import Decided, Said, decide
from app.platform.db import db
from app.sessions.models import Meeting


def marks_of(guest_id: int) -> list[GuestMark]:
    """Everything that was marked of a guest, as the server took it down."""
    own = sa.select(GuestMark).where(GuestMark.guest_id == guest_id)
    return list(db.session.scalars(own.order_by(GuestMark.id)))


def known_of(guest_ids: Collection[int]) -> dict[tuple[int, int], Decided]:
    """What counts, by guest and half-day, as the log of guests decides. One statement."""
    logs: dict[tuple[int, int], list[Said]] = {}
    for row in db.session.scalars(sa.select(GuestMark).where(GuestMark.guest_id.in_(guest_ids))):
        logs.setdefault((row.guest_id, row.meeting_id), []).append(_said(row))
    return {key: decided for key, log in logs.items() if (decided := decide(log))}


def people_marks(training_id: int, person_ids: Collection[int]) -> dict[tuple[int, int], Known]:
    """What counts of these people in a training session, by person and half-day. One statement."""
    rows: Iterable[tuple[int, int, Known]] = (
        (person_id, meeting_id, Known(mark, evidence))
        for person_id, meeting_id, mark, evidence in db.session.execute(
            sa.select(CurrentMark.person_id, CurrentMark.meeting_id, CurrentMark.mark, CurrentMark.evidence)
            .join(Meeting, Meeting.id == CurrentMark.meeting_id)
            .where(Meeting.training_id == training_id, CurrentMark.person_id.in_(person_ids))
        )
    )
    return {(person_id, meeting_id): known for person_id, meeting_id, known in rows}


def marked_at(training_id: int, person_id: int) -> set[int]:
    """Half-days of a training session at which a person has a mark."""
    return {meeting_id for _, meeting_id in people_marks(training_id, [person_id])}


def _said(row: GuestMark) -> Said:
    seen = frozenset(row.seen)
    return Said(
        row.mark_id, row.guest_id, row.mark, row.evidence.strength, row.marker, row.counter, seen, row.minutes
    )
