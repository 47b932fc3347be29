"""What is required of whom."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.courses.rules import Category
from app.coverage.models import Requirement
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.platform.db import db


@dataclass(frozen=True)
class Required:
    """A requirement with the words for its course."""

    id: int
    programme_id: int
    course_id: int
    course_code: str
    titles: dict[str, str]
    roles: tuple[JobRole, ...]


def required(programme_ids: Iterable[int]) -> list[Required]:
    """The requirements of these programmes, in the order of the shelves of the catalogue."""
    statement = (
        sa.select(Requirement, Course.code, CourseVersion.titles, CourseVersion.category)
        .join(Course, Course.id == Requirement.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(Requirement.programme_id.in_(set(programme_ids)))
        .order_by(Course.code, Requirement.id)
    )
    rows = sorted(db.session.execute(statement), key=lambda row: _shelf(row.category))
    return [
        Required(
            id=requirement.id,
            programme_id=requirement.programme_id,
            course_id=requirement.course_id or 0,
            course_code=code,
            titles=titles or {"en": code},
            roles=tuple(JobRole(role) for role in requirement.roles or ()),
        )
        for requirement, code, titles, _category in rows
    ]


def _shelf(category: Category | None) -> int:
    shelves = list(Category)
    return shelves.index(category) if category else len(shelves)


def requirements_of(factory: Factory) -> list[Required]:
    """What is required of the people of a factory."""
    return required([factory.programme_id])
