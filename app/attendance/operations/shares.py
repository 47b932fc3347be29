"""What the marks of a training session come to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from app.attendance import queries
from app.attendance.models import CurrentMark
from app.attendance.operations.loading import hold_people
from app.attendance.rules import attended_share
from app.completions import operations as completions
from app.completions import queries as results
from app.completions.models import UnitResult
from app.courses import queries as courses
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, TrainingSession


def note_shares(training: TrainingSession, seats: Iterable[Seat], at: Mapping[int, datetime] | None = None) -> None:
    """Hand on the share of half-days that each of these people attended, as of now or of the moments in `at`, by
    person. It replaces what another entry of the person reached. The caller holds the people.
    """
    meetings = [meeting.id for meeting in sessions.held_meetings(training.id)]
    unit_id = courses.meeting_unit(training.version_id).id
    marks, aliases = queries.marks_of(training.id), results.aliases_with_result(training.id, unit_id)
    for seat in sorted(seats, key=lambda seat: seat.person_id):
        own = [marks.get((seat.person_id, meeting_id)) for meeting_id in meetings]
        share = attended_share((found.mark if found else None for found in own), len(meetings))
        for entry_id in (seat.person_id, *aliases.get(seat.person_id, [])):
            completions.note_unit(
                person_id=entry_id,
                training_id=training.id,
                version_id=training.version_id,
                unit_id=unit_id,
                share=share,
                factory_id=seat.factory_id,
                at=(at or {}).get(seat.person_id) or now(),
            )


def recheck(training_id: int) -> None:
    """Count anew for everybody who has a mark: a half-day came or was cancelled, so the others weigh differently."""
    seats = db.session.scalars(_of_people(training_id).where(_has_mark())).all()
    hold_people([seat.person_id for seat in seats])
    note_shares(db.session.get_one(TrainingSession, training_id), seats)


def recount(winner_id: int, loser_id: int) -> None:
    """Count anew where both have a seat: the two were joined or became two again. The caller holds them."""
    both = [winner_id, loser_id]
    for training_id in sessions.shared_trainings(both):
        training = db.session.get_one(TrainingSession, training_id)
        unit_id = courses.meeting_unit(training.version_id).id
        has_result = sa.exists().where(
            UnitResult.person_id == Seat.person_id, UnitResult.training_id == training_id, UnitResult.unit_id == unit_id
        )
        known = sa.or_(_has_mark(), has_result)
        seats = db.session.scalars(_of_people(training_id).where(Seat.person_id.in_(both), known)).all()
        note_shares(training, seats, _last_marked(training_id, both))


def _of_people(training_id: int) -> sa.Select[Seat]:
    """Seats, but for those of entries that turned out to be somebody else: that person's seat stands for them."""
    joined = sa.select(Seat).join(Person, Person.id == Seat.person_id)
    return joined.where(Seat.training_id == training_id, Person.merged_into_id.is_(None))


def _has_mark() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        CurrentMark.person_id == Seat.person_id,
        CurrentMark.meeting_id == Meeting.id,
        Meeting.training_id == Seat.training_id,
    )


def _last_marked(training_id: int, person_ids: Collection[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        sa.select(CurrentMark.person_id, sa.func.max(CurrentMark.at))
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .where(Meeting.training_id == training_id, CurrentMark.person_id.in_(person_ids))
        .group_by(CurrentMark.person_id)
    )
    return {person_id: at for person_id, at in rows}  # noqa: C416 - rows are not pairs to a type checker
