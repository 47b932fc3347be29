"""What becomes of marks when two entries of the register turn out to be one person, or two again."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.log import count_anew
from app.attendance.operations.shares import has_mark, note_shares, of_people
from app.attendance.rules import new_mark_id
from app.completions.models import UnitResult
from app.courses import queries as courses
from app.factories.models import Person
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, TrainingSession


def recount(winner_id: int, loser_id: int) -> None:
    """Decide anew what counts for the two, who were joined or became two again, and count their shares where both have
    a seat. The caller holds them.
    """
    both = [winner_id, loser_id]
    _decide_anew(both)
    for training_id in sessions.shared_trainings(both):
        training = db.session.get_one(TrainingSession, training_id)
        unit_id = courses.meeting_unit(training.version_id).id
        has_result = sa.exists().where(
            UnitResult.person_id == Seat.person_id, UnitResult.training_id == training_id, UnitResult.unit_id == unit_id
        )
        known = sa.or_(has_mark(), has_result)
        seats = db.session.scalars(of_people(training_id).where(Seat.person_id.in_(both), known)).all()
        note_shares(training, seats, _last_marked(training_id, both))


def repeat_for(person_id: int, other_id: int) -> None:
    """Say once more of a person what was said of another while the two were one: the marks that count for the person
    by now, because the seat does, and stand in the other's log.
    """
    theirs = (
        sa.select(MarkEntry)
        .join(CurrentMark, CurrentMark.mark_id == MarkEntry.mark_id)
        .where(CurrentMark.person_id == person_id, MarkEntry.person_id == other_id)
        .order_by(MarkEntry.id)
    )
    for entry in db.session.scalars(theirs).all():
        own = sa.select(MarkEntry.mark_id).where(
            MarkEntry.meeting_id == entry.meeting_id, MarkEntry.person_id == person_id
        )
        said = {column.key: getattr(entry, column.key) for column in MarkEntry.__table__.columns if column.key != "id"}
        again = {"mark_id": new_mark_id(), "person_id": person_id, "seen": sorted(db.session.scalars(own))}
        db.session.execute(sa.insert(MarkEntry).values(**said | again))


def _decide_anew(both: Collection[int]) -> None:
    """A seat says whose half-days they are; an entry that is somebody else has none of its own."""
    have = (
        sa.select(MarkEntry.meeting_id, Seat.person_id)
        .join(Meeting, Meeting.id == MarkEntry.meeting_id)
        .join(Seat, sa.and_(Seat.training_id == Meeting.training_id, Seat.person_id.in_(both)))
        .join(Person, Person.id == Seat.person_id)
        .where(MarkEntry.person_id.in_(both), Person.merged_into_id.is_(None))
        .distinct()
        .order_by(MarkEntry.meeting_id, Seat.person_id)
    )
    for meeting_id, person_id in db.session.execute(have).all():
        count_anew(meeting_id, [person_id])


def _last_marked(training_id: int, person_ids: Collection[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        sa.select(CurrentMark.person_id, sa.func.max(CurrentMark.at))
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .where(Meeting.training_id == training_id, CurrentMark.person_id.in_(person_ids))
        .group_by(CurrentMark.person_id)
    )
    return {person_id: at for person_id, at in rows}  # noqa: C416 - rows are not pairs to a type checker
