"""Marks, who made them, and what they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from app.access.actor import Actor
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.factories.models import Employment
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat
from app.sessions.policy import may_take_roll


@dataclass(frozen=True)
class Known:
    """A mark and how it is known."""

    mark: Mark
    evidence: Evidence
    minutes: int | None = None
    is_disputed: bool = False
    standing: Sequence[str] = ()
    """Ids of the entries that nothing has replaced, the one that counts first."""

    @property
    def is_filler(self) -> bool:
        """Whether it says no more than that nobody was marked."""
        return self.evidence is Evidence.AUTOMATIC


def meeting_to_mark(actor: Actor, training_id: int, number: int) -> Meeting:
    """A half-day by its number, where the actor may mark. Raises NotFound."""
    training = sessions.training_for(actor, training_id)
    found = next((meeting for meeting in training.meetings if meeting.number == number), None)
    if found is None or not may_take_roll(actor, training):
        raise NotFound
    set_committed_value(found, "training", training)  # what is read of it is read once
    return found


def person_at(meeting: Meeting, person_id: int) -> Seat:
    """The seat of a person whom this half-day is or was about. Raises NotFound."""
    seat = sessions.seat_of(meeting.training_id, person_id)
    if seat is None:
        raise NotFound
    return seat


def marks_of(training_id: int) -> Mapping[tuple[int, int], Known]:
    """What counts in a training session, by person and half-day."""
    rows = db.session.scalars(
        sa.select(CurrentMark)
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .where(Meeting.training_id == training_id)
        .execution_options(populate_existing=True)
    )
    return {(row.person_id, row.meeting_id): known_of(row) for row in rows}


def marks_of_person(training_id: int, person_id: int) -> Mapping[tuple[int, int], Known]:
    """The same of one person."""
    rows = db.session.scalars(
        sa.select(CurrentMark)
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .where(Meeting.training_id == training_id, CurrentMark.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return {(row.person_id, row.meeting_id): known_of(row) for row in rows}


def known_of(row: CurrentMark) -> Known:
    """What a row of the current marks says."""
    return Known(row.mark, row.evidence, row.minutes, row.is_disputed, tuple(row.standing or [row.mark_id]))


def mark_of(meeting_id: int, person_id: int) -> Mark | None:
    """What counts for a person at a half-day."""
    return db.session.scalar(
        sa.select(CurrentMark.mark).where(CurrentMark.meeting_id == meeting_id, CurrentMark.person_id == person_id)
    )


def marked_people(meeting_id: int, *, even_fillers: bool = False) -> set[int]:
    """People whom somebody marked at a half-day. `even_fillers` adds those who are absent because nobody was marked."""
    has_mark = CurrentMark.meeting_id == meeting_id
    if not even_fillers:
        has_mark &= CurrentMark.evidence != Evidence.AUTOMATIC
    return set(db.session.scalars(sa.select(CurrentMark.person_id).where(has_mark)))


def numbers(training_id: int) -> Mapping[int, str]:
    """Employee numbers of the people with a seat, by person: the latest at the factory that sent them."""
    rows = db.session.execute(sa.select(Seat.person_id, number_of_seat()).where(Seat.training_id == training_id))
    return {person_id: number for person_id, number in rows if person_id and number}


def number_of_seat() -> sa.ScalarSelect[str]:
    """The latest employee number of whose seat it is, at the factory that sent the person."""
    own = sa.and_(Employment.person_id == Seat.person_id, Employment.factory_id == Seat.factory_id)
    latest = sa.select(Employment.employee_number).where(own)
    latest = latest.order_by(Employment.started_on.desc(), Employment.id.desc()).limit(1)
    return latest.correlate(Seat).scalar_subquery()
