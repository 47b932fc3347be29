"""What is required of whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.courses.rules import Category
from app.coverage.models import Requirement
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementVersion
from app.coverage.requirements.rules import Kind, Rule
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.platform.clock import now
from app.platform.db import db


@dataclass(frozen=True)
class Required:
    """A requirement as it stands on a day, with the words for it."""

    id: int
    programme_id: int
    code: str
    titles: dict[str, str]
    rule: Rule
    course_id: int
    """The course that runs are proposed for; 0 where it asks for none."""
    course_code: str
    group_max: int
    """The largest group of that course; 0 where it asks for none."""

    @property
    def kind(self) -> Kind:
        return self.rule.kind

    @property
    def roles(self) -> tuple[JobRole, ...]:
        return self.rule.roles


def required(programme_ids: Iterable[int], on: date | None = None) -> list[Required]:
    """What these programmes require now, or required on a day, in the order of the shelves of the catalogue. Two
    statements.
    """
    day = on or now().date()
    later = sa.orm.aliased(RequirementVersion)
    is_last = ~sa.exists().where(
        later.requirement_id == RequirementVersion.requirement_id, later.starts_on <= day,
        later.number > RequirementVersion.number,
    )  # fmt: skip
    rows = db.session.execute(
        sa.select(
            Requirement.id, Requirement.programme_id, Requirement.code, Requirement.title, RequirementVersion.rule
        )
        .join(RequirementVersion, RequirementVersion.requirement_id == Requirement.id)
        .where(
            Requirement.programme_id.in_(set(programme_ids)), RequirementVersion.starts_on <= day, is_last,
            sa.or_(RequirementVersion.ends_on.is_(None), RequirementVersion.ends_on > day),
        )
        .order_by(Requirement.code, Requirement.id)
    ).all()  # fmt: skip
    rules = {row.id: documents.rule(row.rule) for row in rows}
    courses = _courses({rule.courses[0] for rule in rules.values() if rule.courses})
    found = []
    for row in rows:
        rule = rules[row.id]
        course_id = rule.courses[0] if rule.courses else 0
        course = courses.get(course_id, NO_COURSE)
        titles = row.title or course.titles or {"en": row.code}
        one = Required(row.id, row.programme_id, row.code, titles, rule, course_id, course.code, course.group_max)
        found.append((course.shelf, one))
    return [one for _shelf, one in sorted(found, key=lambda each: each[0])]


@dataclass(frozen=True)
class _Course:
    code: str
    titles: dict[str, str] | None
    group_max: int
    shelf: int


NO_COURSE = _Course("", None, 0, len(Category))


def _courses(course_ids: Iterable[int]) -> dict[int, _Course]:
    shelves = list(Category)
    rows = db.session.execute(
        sa.select(Course.id, Course.code, CourseVersion.titles, CourseVersion.category, CourseVersion.group_max)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(Course.id.in_(course_ids))
    )
    return {
        row.id: _Course(
            row.code, row.titles, row.group_max or 0,
            shelves.index(row.category) if row.category else NO_COURSE.shelf,
        )
        for row in rows
    }  # fmt: skip


def requirements_of(factory: Factory, on: date | None = None) -> list[Required]:
    """What is required of the people of a factory."""
    return required([factory.programme_id], on)
