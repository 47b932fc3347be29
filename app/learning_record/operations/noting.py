"""Adding an entry. Every verb may run twice: one fact makes one entry of a factory."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.completions.queries import zone_of
from app.factories.rules import JobRole, Sex
from app.learning_record.models import EntryKind, RecordEntry, RecordParticipant
from app.platform.clock import now
from app.platform.db import db, insert


@dataclass(frozen=True)
class Participant:
    """Somebody who took part, with line, role and sex as they were then."""

    person_id: int
    line: str | None = None
    role: JobRole | None = None
    sex: Sex | None = None


def note(
    *,
    factory_id: int,
    kind: EntryKind,
    source: str,
    at: datetime,
    participants: Iterable[Participant] = (),
    **values: Any,
) -> bool:
    """Add an entry unless the factory has one of this source; whether it was added.

    `source` is `<thing>:<id>` of the fact behind it. `at` is when it happened or from when on it holds. `participants`
    are those who took part and are known by name. `values` are further columns of RecordEntry, among them `corrects`:
    the source of the entry of this factory that no longer counts since this one.
    """
    entry_id = db.session.scalar(
        insert(RecordEntry)
        .values(factory_id=factory_id, kind=kind, source=source, at=at, noted_at=now(), **{"details": {}, **values})
        .on_conflict_do_nothing(index_elements=["factory_id", "source"])
        .returning(RecordEntry.id)
    )
    rows = [{"entry_id": entry_id, **asdict(each)} for each in participants] if entry_id else []
    if rows:
        db.session.execute(sa.insert(RecordParticipant), rows)
    return entry_id is not None


def rounds(factory_id: int, prefix: str) -> int:
    """How many entries a factory has whose source begins so."""
    entries = sa.select(sa.func.count()).select_from(RecordEntry)
    return db.session.scalar(entries.where(*begins(factory_id, prefix))) or 0


def last_of(factory_id: int, prefix: str) -> RecordEntry | None:
    """The entry of a factory that was written last of those whose source begins so."""
    entries = sa.select(RecordEntry).where(*begins(factory_id, prefix))
    return db.session.scalar(entries.order_by(RecordEntry.id.desc()).limit(1))


def begins(factory_id: int, prefix: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Entries of a factory whose source begins so. A range, as that can be looked up; a prefix ends with its colon."""
    return RecordEntry.factory_id == factory_id, RecordEntry.source >= prefix, RecordEntry.source < prefix[:-1] + ";"


def start_of(factory_id: int, day: date) -> datetime:
    """The moment at which a day begins where the factory is."""
    return datetime.combine(day, time(), ZoneInfo(zone_of(factory_id)))


def by_factory(people: Iterable[tuple[int, Participant]]) -> Mapping[int, list[Participant]]:
    """Those who took part by the factory that sent them, each person once."""
    found: dict[int, dict[int, Participant]] = {}
    for factory_id, each in people:
        found.setdefault(factory_id, {}).setdefault(each.person_id, each)
    return {factory_id: list(each.values()) for factory_id, each in found.items()}
