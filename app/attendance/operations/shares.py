"""What the marks of a training session come to."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.attendance import queries
from app.attendance.models import CurrentMark
from app.attendance.operations.loading import hold_people
from app.attendance.rules import attended_share
from app.completions import operations as completions
from app.courses import queries as courses
from app.platform.clock import now
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, TrainingSession


def note_shares(training: TrainingSession, seats: Iterable[Seat]) -> None:
    """Hand on the share of half-days that each of these people attended. The caller holds the people."""
    meetings = [meeting.id for meeting in sessions.held_meetings(training.id)]
    unit_id = courses.meeting_unit(training.version_id).id
    marks = queries.marks_of(training.id)
    for seat in sorted(seats, key=lambda seat: seat.person_id):
        own = [marks.get((seat.person_id, meeting_id)) for meeting_id in meetings]
        completions.note_unit(
            person_id=seat.person_id,
            training_id=training.id,
            version_id=training.version_id,
            unit_id=unit_id,
            share=attended_share((found.mark if found else None for found in own), len(meetings)),
            factory_id=seat.factory_id,
            at=now(),
        )


def recheck(training_id: int) -> None:
    """Count anew for everybody who has a mark: a half-day was cancelled, so each other one weighs more."""
    has_mark = sa.exists().where(
        CurrentMark.person_id == Seat.person_id,
        CurrentMark.meeting_id == Meeting.id,
        Meeting.training_id == training_id,
    )
    seats = db.session.scalars(sa.select(Seat).where(Seat.training_id == training_id, has_mark)).all()
    hold_people([seat.person_id for seat in seats])
    note_shares(db.session.get_one(TrainingSession, training_id), seats)
