"""Reading which courses of others count, and who passed one. The caller has checked the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.api.xapi.models import ExternalCourse, ExternalResult
from app.factories.models import Factory, Person
from app.platform.db import db
from app.platform.refusal import NotFound

SIZE = 100


@dataclass(frozen=True)
class Listed:
    """A course in a list, and how many people passed it."""

    course: ExternalCourse
    people: int


@dataclass(frozen=True)
class Passed:
    """A person who passed a course, where she worked then; `withdrawn_at` once the other system took it back."""

    person_id: int
    name: str
    factory: str
    factory_code: str
    at: datetime
    withdrawn_at: datetime | None


def listed(programme_id: int) -> list[Listed]:
    """Courses of a programme: those that count first, by title. One statement."""
    holder, entry = _holder()
    people: sa.Select[Any] = (
        sa.select(sa.func.count(holder.distinct()))
        .join(ExternalResult, ExternalResult.person_id == entry.id)
        .where(ExternalResult.course_id == ExternalCourse.id, ExternalResult.withdrawn_at.is_(None))
    )
    rows = db.session.execute(
        sa.select(ExternalCourse, people.correlate(ExternalCourse).scalar_subquery())
        .where(ExternalCourse.programme_id == programme_id)
        .order_by(ExternalCourse.ended_at.is_not(None), ExternalCourse.title, ExternalCourse.id)
    )
    return [Listed(course, count) for course, count in rows]


def course(programme_id: int, course_id: int) -> ExternalCourse:
    """A course of a programme. Raises NotFound."""
    found = db.session.get(ExternalCourse, course_id)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return found


def passed(course_id: int, number: int) -> tuple[Sequence[Passed], bool]:
    """A page of who passed it, the latest first, and whether more follow."""
    holder, entry = _holder()
    person = aliased(Person)
    rows = db.session.execute(
        sa.select(
            person.id, person.name, Factory.name, Factory.code, ExternalResult.at, ExternalResult.withdrawn_at
        )
        .select_from(ExternalResult)
        .join(entry, entry.id == ExternalResult.person_id).join(person, person.id == holder)
        .join(Factory, Factory.id == ExternalResult.factory_id)
        .where(ExternalResult.course_id == course_id)
        .order_by(ExternalResult.at.desc(), ExternalResult.id.desc())
        .limit(SIZE + 1).offset(SIZE * (number - 1))
    ).all()  # fmt: skip
    return [Passed(*row) for row in rows[:SIZE]], len(rows) > SIZE


def _holder() -> tuple[sa.ColumnElement[int], Any]:
    """Whose an entry is: the person that it turned out to be. And the entry."""
    entry = aliased(Person)
    return sa.func.coalesce(entry.merged_into_id, entry.id), entry
