"""What the marks of a training session come to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from app.attendance import queries
from app.attendance.models import CurrentMark
from app.attendance.operations.loading import hold_people
from app.attendance.rules import attended_share
from app.completions import operations as completions
from app.completions import queries as results
from app.courses import queries as courses
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, TrainingSession


def note_shares(training: TrainingSession, seats: Iterable[Seat], at: Mapping[int, datetime] | None = None) -> None:
    """Hand on the share of attendance that each of these people reached, as of now or of the moments in `at`, by
    person. It replaces what another entry of the person reached. The caller holds the people.
    """
    meetings, rule = sessions.held_meetings(training.id), queries.rule_of(training.version)
    unit_id = courses.meeting_unit(training.version_id).id
    marks, aliases = queries.marks_of(training.id), results.aliases_with_result(training.id, unit_id)
    reached = []
    for seat in seats:
        share = attended_share(queries.half_days(meetings, marks, seat.person_id), rule)
        when = (at or {}).get(seat.person_id) or now()
        entries = (seat.person_id, *aliases.get(seat.person_id, []))
        reached += [completions.Reached(entry_id, share, seat.factory_id, when) for entry_id in entries]
    completions.note_units(reached, training_id=training.id, version_id=training.version_id, unit_id=unit_id)


def recheck(training_id: int) -> None:
    """Count anew for everybody who has a mark: a half-day came or was cancelled, so the others weigh differently."""
    seats = db.session.scalars(of_people(training_id).where(has_mark())).all()
    if seats:
        hold_people([seat.person_id for seat in seats])
        note_shares(db.session.get_one(TrainingSession, training_id), seats)


def of_people(training_id: int) -> sa.Select[Seat]:
    """Seats, but for those of entries that turned out to be somebody else: that person's seat stands for them."""
    joined = sa.select(Seat).join(Person, Person.id == Seat.person_id)
    return joined.where(Seat.training_id == training_id, Person.merged_into_id.is_(None))


def has_mark() -> sa.ColumnElement[bool]:
    """Whether whose seat it is has a mark in its training session."""
    return sa.exists().where(
        CurrentMark.person_id == Seat.person_id,
        CurrentMark.meeting_id == Meeting.id,
        Meeting.training_id == Seat.training_id,
    )
