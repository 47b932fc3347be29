"""Reading the timeline of a factory. The caller has checked the factory."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.courses.models import Course, CourseVersion
from app.factories.models import Factory, Person, Programme
from app.factories.rules import FactoryStatus
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.db import db


def entries(
    factory_id: int, kinds: Collection[EntryKind], kind: EntryKind | None = None, course: str = ""
) -> sa.Select[Any]:
    """Entries of these kinds, the newest first: the entry, the title of its course, the names of its person."""
    entry = aliased(Person)
    columns: list[Any] = [RecordEntry, CourseVersion.titles, Person.name, Person.local_name, Person.language]
    statement = (
        sa.select(*columns)
        .outerjoin(CourseVersion, CourseVersion.id == RecordEntry.version_id)
        .outerjoin(entry, entry.id == RecordEntry.person_id)
        .outerjoin(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
        .where(RecordEntry.factory_id == factory_id, RecordEntry.kind.in_(kinds))
        .order_by(RecordEntry.at.desc(), RecordEntry.id.desc())
    )
    if kind is not None:
        statement = statement.where(RecordEntry.kind == kind)
    if course:
        statement = statement.join(Course, Course.id == RecordEntry.course_id).where(Course.code == course)
    return statement


def courses(factory_id: int) -> list[tuple[str, dict[str, str]]]:
    """Code and titles of the courses that the record speaks of."""
    spoken_of = sa.select(RecordEntry.course_id).where(RecordEntry.factory_id == factory_id)
    rows = db.session.execute(
        sa.select(Course.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(Course.id.in_(spoken_of))
        .order_by(Course.code)
    )
    return [(code, titles) for code, titles in rows]


def blocks(size: int) -> list[tuple[int, str, int]]:
    """Programme, its zone, and the first of each block of so many factories that take part."""
    place = sa.func.row_number().over(partition_by=Factory.programme_id, order_by=Factory.id).label("place")
    listed = (
        sa.select(Factory.id, Factory.programme_id, place)
        .where(Factory.status != FactoryStatus.CLOSED)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(listed.c.programme_id, Programme.zone, listed.c.id)
        .join(Programme, Programme.id == listed.c.programme_id)
        .where((listed.c.place - 1) % size == 0)
        .order_by(listed.c.id)
    )
    return [(programme_id, zone, first) for programme_id, zone, first in rows]


def block(programme_id: int, first: int, size: int) -> list[int]:
    """So many factories of a programme that take part, from one on."""
    listed = sa.select(Factory.id).where(
        Factory.programme_id == programme_id, Factory.id >= first, Factory.status != FactoryStatus.CLOSED)
    return list(db.session.scalars(listed.order_by(Factory.id).limit(size)))
