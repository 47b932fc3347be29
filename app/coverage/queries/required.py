"""What is required of whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.courses.rules import Category
from app.coverage.models import Requirement
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementVersion
from app.coverage.requirements.rules import Kind, Rule
from app.factories.models import Factory, Programme
from app.factories.rules import JobRole
from app.platform.clock import today
from app.platform.db import db

_FIRST_ZONE = "Pacific/Kiritimati"
"""Where each day begins first."""


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
    """What these programmes require now, each by its own calendar, or required on a day, in the order of the shelves
    of the catalogue. Two statements.
    """
    rows = _last_versions(set(programme_ids), on)
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


def _last_versions(programme_ids: Collection[int], on: date | None) -> list[Any]:
    """The version of each requirement that was published last of those that have begun, unless it is over."""
    begun = db.session.execute(
        sa.select(
            Requirement.id, Requirement.programme_id, Requirement.code, Requirement.title, RequirementVersion.rule,
            RequirementVersion.starts_on, RequirementVersion.ends_on, Programme.zone,
        )
        .join(RequirementVersion, RequirementVersion.requirement_id == Requirement.id)
        .join(Programme, Programme.id == Requirement.programme_id)
        .where(Requirement.programme_id.in_(programme_ids), RequirementVersion.starts_on <= (on or today(_FIRST_ZONE)))
        .order_by(Requirement.code, Requirement.id, RequirementVersion.number)
    )  # fmt: skip
    last: dict[int, Any] = {}
    for row in begun:
        if row.starts_on <= (on or today(row.zone)):
            last[row.id] = row
    return [row for row in last.values() if row.ends_on is None or row.ends_on > (on or today(row.zone))]


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


def after_findings(programme_id: int) -> frozenset[int]:
    """Requirements of a programme that follow open findings, or did once: their names tell of the findings."""
    rows = db.session.execute(
        sa.select(RequirementVersion.requirement_id, RequirementVersion.rule)
        .join(Requirement, Requirement.id == RequirementVersion.requirement_id)
        .where(Requirement.programme_id == programme_id)
    )
    return frozenset(number for number, rule in rows if documents.rule(rule).kind is Kind.FINDING)


def requirements_of(factory: Factory, on: date | None = None) -> list[Required]:
    """What is required of the people of a factory."""
    return required([factory.programme_id], on)
