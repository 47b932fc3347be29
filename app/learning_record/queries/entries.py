"""Reading the timeline of a factory. The caller has checked the factory."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.courses.models import Course, CourseVersion
from app.factories.models import Person
from app.learning_record.models import RecordEntry, RecordParticipant
from app.learning_record.queries.wanted import Wanted, conditions, counting
from app.platform.db import db


def entries(wanted: Wanted) -> sa.Select[Any]:
    """Entries, the newest first: the entry, its course and version, the person, whether it counts still."""
    entry = aliased(Person)
    edition = sa.func.coalesce(RecordEntry.version_id, Course.current_version_id)
    version = sa.case((RecordEntry.version_id.is_not(None), CourseVersion.number))
    columns: list[Any] = [
        RecordEntry, CourseVersion.titles, Course.code.label("course"), version.label("version"),
        Person.id.label("who"), Person.name, Person.local_name, Person.language, counting().label("counts"),
    ]  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(Course, Course.id == RecordEntry.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == edition)
        .outerjoin(entry, entry.id == RecordEntry.person_id)
        .outerjoin(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
        .where(*conditions(wanted))
        .order_by(RecordEntry.at.desc(), RecordEntry.id.desc())
    )


def participants(wanted: Wanted) -> Sequence[Any]:
    """Who took part in what is wanted, as they were then: source, at, name, local_name, line, role, sex."""
    entry = aliased(Person)
    columns: list[Any] = [
        RecordEntry.source, RecordEntry.at, Person.name, Person.local_name, RecordParticipant.line,
        RecordParticipant.role, RecordParticipant.sex,
    ]  # fmt: skip
    return db.session.execute(
        sa.select(*columns)
        .select_from(RecordParticipant)
        .join(RecordEntry, RecordEntry.id == RecordParticipant.entry_id)
        .join(entry, entry.id == RecordParticipant.person_id)
        .join(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
        .where(*conditions(wanted))
        .order_by(RecordEntry.at.desc(), RecordEntry.id.desc(), Person.search_text, Person.id)
    ).all()


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


def lines(factory_id: int) -> list[str]:
    """Names of the lines that the record speaks of, as they were called then."""
    own = sa.select(RecordEntry.line).where(RecordEntry.factory_id == factory_id, RecordEntry.line.is_not(None))
    took = (
        sa.select(RecordParticipant.line)
        .join(RecordEntry, RecordEntry.id == RecordParticipant.entry_id)
        .where(RecordEntry.factory_id == factory_id, RecordParticipant.line.is_not(None))
    )
    return sorted(filter(None, db.session.scalars(sa.union(own, took))))
