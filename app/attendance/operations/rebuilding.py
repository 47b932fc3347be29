"""Do the current marks say what the log says? The log is the truth; the current marks can always be written anew."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.loading import hold_people, hold_training
from app.attendance.operations.log import count_anew, rows_of
from app.attendance.operations.shares import note_shares
from app.factories.models import Person
from app.platform import audit
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat


@dataclass(frozen=True)
class Difference:
    """A current mark that is not what the log says; `stands` or `follows` is empty where there is none."""

    meeting_id: int
    person_id: int
    stands: Mapping[str, Any]
    follows: Mapping[str, Any]

    @property
    def fields(self) -> list[str]:
        """Names of what differs."""
        return sorted(name for name in {*self.stands, *self.follows} if self.stands.get(name) != self.follows.get(name))


def marked_meetings() -> list[int]:
    """Half-days of which anything was ever said, or that have a current mark."""
    said, counted = sa.select(MarkEntry.meeting_id), sa.select(CurrentMark.meeting_id)
    return sorted(db.session.scalars(said.union(counted)))


def differences(meeting_id: int) -> list[Difference]:
    """What the current marks of a half-day and its log say differently, by person. Five statements.

    What an entry had that turned out to be somebody else is kept for a parting, and no part of this.
    """
    own = sa.select(CurrentMark).join(Person, Person.id == CurrentMark.person_id)
    own = own.where(CurrentMark.meeting_id == meeting_id, Person.merged_into_id.is_(None))
    rows = db.session.scalars(own.execution_options(populate_existing=True))
    stand = {row.person_id: {name: getattr(row, name) for name in _names()} for row in rows}
    said = rows_of(meeting_id, _asked(meeting_id))
    follow = {row["person_id"]: {name: row[name] for name in _names()} for row in said}
    return [
        Difference(meeting_id, person_id, stand.get(person_id, {}), follow.get(person_id, {}))
        for person_id in sorted({*stand, *follow})
        if stand.get(person_id) != follow.get(person_id)
    ]


def mend(actor: Actor, meeting_id: int) -> list[Difference]:
    """Write the current marks of a half-day anew where the log says something else, and count the shares of those
    people. Answers what it was. Raises NotFound for a half-day that is not there.
    """
    meeting = hold_training(meeting_id)
    hold_people({*_asked(meeting_id), *_counted(meeting_id)})
    found = differences(meeting_id)
    if not found:
        return []
    wrong = [each.person_id for each in found if not each.follows]
    db.session.execute(
        sa.delete(CurrentMark).where(CurrentMark.meeting_id == meeting_id, CurrentMark.person_id.in_(wrong))
    )
    count_anew(meeting_id, [each.person_id for each in found if each.follows])
    seats = sessions.seats_of(meeting.training_id, [each.person_id for each in found])
    note_shares(meeting.training, seats.values())
    audit.record(actor, "attendance.rebuild", f"meeting:{meeting_id}", people=[each.person_id for each in found])
    return found


def _names() -> Iterator[str]:
    apart = {"id", "meeting_id", "person_id"}
    return (column.key for column in CurrentMark.__table__.columns if column.key not in apart)


def _asked(meeting_id: int) -> Collection[int]:
    """Whoever has a seat: of whom nothing was said has no mark. An entry that is somebody else has none of its own."""
    of_meeting = sa.select(Meeting.training_id).where(Meeting.id == meeting_id).scalar_subquery()
    own = sa.select(Seat.person_id).join(Person, Person.id == Seat.person_id)
    found = db.session.scalars(own.where(Seat.training_id == of_meeting, Person.merged_into_id.is_(None)))
    return {person_id for person_id in found if person_id is not None}


def _counted(meeting_id: int) -> Collection[int]:
    return set(db.session.scalars(sa.select(CurrentMark.person_id).where(CurrentMark.meeting_id == meeting_id)))
