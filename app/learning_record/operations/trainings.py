"""Training sessions: planned, called off, held."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.courses.rules import Category
from app.factories.models import Employment, Line, Person
from app.factories.queries import held_on
from app.factories.rules import Sex
from app.learning_record.models import EntryKind, RecordEntry, RecordParticipant
from app.learning_record.operations.noting import Participant, by_factory, note
from app.learning_record.rules import EvidenceLevel
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState

_TAKES_PART = (
    SeatState.REQUESTED, SeatState.RESERVED, SeatState.OFFERED, SeatState.BOOKED, SeatState.WAIT_LISTED,
)  # fmt: skip
_HELD = {
    Category.INDUSTRY_SEMINAR: EntryKind.SEMINAR_ATTENDED,
    Category.COMMITTEE: EntryKind.COMMITTEE_TRAINED,
    Category.AMBASSADOR: EntryKind.AMBASSADORS_TRAINED,
}
_CAME = [mark for mark in Mark if mark.counts]


def note_confirmed(training_id: int) -> None:
    """A confirmed training session stands in the record of every factory with booked people."""
    training = db.session.get_one(TrainingSession, training_id)
    if training.state is TrainingState.CONFIRMED:
        _note_planned(training, EntryKind.TRAINING_CONFIRMED, "confirmed", (SeatState.BOOKED,))


def note_cancelled(training_id: int) -> None:
    """A cancelled training session stands in the record of every factory that would have taken part."""
    training = db.session.get_one(TrainingSession, training_id)
    _note_planned(training, EntryKind.TRAINING_CANCELLED, "cancelled", _TAKES_PART)


def note_held(training_id: int) -> None:
    """A training session is closed: it stands in the record of every factory of which somebody came.

    Where it was closed before with other people, the new entry corrects the old one - down to nobody.
    """
    training = db.session.get_one(TrainingSession, training_id)
    meetings = [each for each in training.meetings if each.state is not MeetingState.CANCELLED]
    if training.state is not TrainingState.CLOSED or not meetings:
        return
    came, before = _came(training.id, meetings[-1]), _noted(training.id)
    for factory_id in sorted(came.keys() | before.keys()):
        people, known = came.get(factory_id, []), before.get(factory_id, [])
        if not known or {each.person_id for each in people} != known[-1][1]:
            _note_held(training, factory_id, people, known[-1][0] if known else None, len(known) + 1, meetings[-1])


def _note_held(
    training: TrainingSession, factory_id: int, people: Sequence[Participant], corrects: str | None, round_: int,
    last: Meeting,
) -> None:
    note(
        factory_id=factory_id,
        kind=_HELD.get(training.version.category, EntryKind.TRAINING_HELD),
        source=f"held:{training.id}:{round_}",
        at=last.ends_at,
        corrects=corrects,
        participants=people,
        level=EvidenceLevel.A,
        people=len(people),
        women=sum(each.sex is Sex.F for each in people),
        course_id=training.version.course_id,
        version_id=training.version_id,
        training_id=training.id,
    )


def _came(training_id: int, last: Meeting) -> Mapping[int, list[Participant]]:
    """By factory those with a mark that counts, with line and role as of the last half-day. One statement."""
    day = last.starts_at.astimezone(ZoneInfo(last.zone)).date()
    who = sa.func.coalesce(Person.merged_into_id, Person.id).label("who")
    marked = (
        sa.select(CurrentMark.person_id)
        .join(Meeting, Meeting.id == CurrentMark.meeting_id)
        .where(
            Meeting.training_id == training_id, Meeting.state != MeetingState.CANCELLED, CurrentMark.mark.in_(_CAME))
    )
    works = sa.and_(Employment.person_id == who, Employment.factory_id == Seat.factory_id, held_on(day))
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Seat.factory_id, who, Line.name, Employment.role, Person.sex)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Employment, works)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Seat.training_id == training_id, Seat.person_id.in_(marked))
        .order_by(Seat.factory_id, who, Employment.started_on.desc(), Employment.id.desc())
    )
    return by_factory((row[0], Participant(*tuple(row)[1:])) for row in rows)


def _noted(training_id: int) -> Mapping[int, list[tuple[str, set[int]]]]:
    """What stands of it already, by factory in the order of writing: source, and who took part as they are now."""
    rows = db.session.execute(
        sa.select(
            RecordEntry.factory_id, RecordEntry.source, sa.func.coalesce(Person.merged_into_id, Person.id))
        .outerjoin(RecordParticipant, RecordParticipant.entry_id == RecordEntry.id)
        .outerjoin(Person, Person.id == RecordParticipant.person_id)
        .where(
            RecordEntry.training_id == training_id,
            RecordEntry.source >= f"held:{training_id}:", RecordEntry.source < f"held:{training_id};")
        .order_by(RecordEntry.id)
    )
    found: dict[int, dict[str, set[int]]] = {}
    for factory_id, source, person_id in rows:
        people = found.setdefault(factory_id, {}).setdefault(source, set())
        people |= {person_id} if person_id else set()
    return {factory_id: list(entries.items()) for factory_id, entries in found.items()}


def _note_planned(training: TrainingSession, kind: EntryKind, word: str, seats: tuple[SeatState, ...]) -> None:
    factories = sa.select(Seat.factory_id).where(Seat.training_id == training.id, Seat.state.in_(seats)).distinct()
    at: datetime = now()
    for factory_id in db.session.scalars(factories).all():
        note(
            factory_id=factory_id,
            kind=kind,
            source=f"training:{training.id}:{word}",
            at=at,
            course_id=training.version.course_id,
            version_id=training.version_id,
            training_id=training.id,
        )
