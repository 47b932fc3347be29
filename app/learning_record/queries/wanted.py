"""What is asked of a record: which entries, of which time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.courses.models import Course
from app.factories.models import Person
from app.factories.rules import JobRole, Sex
from app.learning_record.kinds import KINDS, EntryKind, Group
from app.learning_record.models import RecordEntry, RecordParticipant
from app.learning_record.rules import EvidenceLevel

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Wanted:
    """Which entries of one factory are wanted; what is not said is all. Days are those of the zone, both included."""

    factory_id: int
    kinds: Collection[EntryKind]
    zone: str
    group: Group | None = None
    course: str = ""
    level: EvidenceLevel | None = None
    since: date | None = None
    until: date | None = None
    line: str = ""
    role: JobRole | None = None
    sex: Sex | None = None
    person_id: int | None = None

    @property
    def is_about_some(self) -> bool:
        """Whether only entries of some people are wanted: how many took part says nothing then."""
        return bool(self.line or self.role or self.sex or self.person_id)

    @property
    def is_everything(self) -> bool:
        return self == Wanted(self.factory_id, self.kinds, self.zone)


def conditions(wanted: Wanted) -> list[Condition]:
    """Of the rows of `RecordEntry`."""
    kinds = [kind for kind in wanted.kinds if wanted.group in (None, KINDS[kind].group)]
    found: list[Condition] = [RecordEntry.factory_id == wanted.factory_id, RecordEntry.kind.in_(kinds)]
    if wanted.course:
        of_code = sa.select(Course.id).where(Course.code == wanted.course).scalar_subquery()
        found.append(RecordEntry.course_id == of_code)
    if wanted.level:
        found.append(RecordEntry.level == wanted.level)
    if wanted.since:
        found.append(RecordEntry.at >= _start(wanted.since, wanted.zone))
    if wanted.until:
        found.append(RecordEntry.at < _start(wanted.until + timedelta(days=1), wanted.zone))
    return [*found, *_of_some(wanted)]


def counting() -> Condition:
    """Entries that no later one of the factory corrects."""
    later = aliased(RecordEntry)
    return ~sa.exists().where(later.factory_id == RecordEntry.factory_id, later.corrects == RecordEntry.source)


def _of_some(wanted: Wanted) -> list[Condition]:
    """An entry of such a person, or in which such a person took part."""
    if not wanted.is_about_some:
        return []
    pairs = [
        (wanted.line or None, RecordEntry.line, RecordParticipant.line),
        (wanted.role, RecordEntry.role, RecordParticipant.role),
        (wanted.sex, RecordEntry.sex, RecordParticipant.sex),
    ]
    own: list[Condition] = [column == value for value, column, _other in pairs if value]
    took: list[Condition] = [column == value for value, _other, column in pairs if value]
    if wanted.person_id:
        is_one = Person.id == wanted.person_id, Person.merged_into_id == wanted.person_id
        entries = sa.select(Person.id).where(sa.or_(*is_one))
        own.append(RecordEntry.person_id.in_(entries))
        took.append(RecordParticipant.person_id.in_(entries))
    took_part = sa.exists().where(RecordParticipant.entry_id == RecordEntry.id, *took)
    return [sa.or_(sa.and_(*own), took_part)]


def _start(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
