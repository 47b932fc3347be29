"""The requirements of a programme and its drafts, in lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course, CourseVersion
from app.coverage.models import Requirement
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementDraft, RequirementVersion
from app.coverage.requirements.rules import ALWAYS, Rule, Scope
from app.factories.models import Programme
from app.platform.db import db


@dataclass(frozen=True)
class Listed:
    """A requirement with the version that a list shows: the one that holds, else the one to come, else the last."""

    requirement: Requirement
    version: RequirementVersion
    rule: Rule
    scope: Scope
    since: date
    has_next: bool

    @property
    def is_of_always(self) -> bool:
        """Nobody said since when it holds."""
        return self.since <= ALWAYS

    def holds(self, day: date) -> bool:
        return self.version.starts_on <= day and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        return self.version.ends_on is not None and self.version.ends_on <= day

    def is_overdue(self, day: date) -> bool:
        """The day on which somebody was to look whether it still holds is over."""
        return self.version.review_on is not None and self.version.review_on < day and not self.has_ended(day)


def requirements(programme_id: int, day: date) -> list[Listed]:
    """The requirements of a programme as of a day: those that hold, those to come, those that ended. Two statements."""
    found = db.session.scalars(
        sa.select(Requirement).where(Requirement.programme_id == programme_id).order_by(Requirement.code))
    own = {each.id: each for each in found}
    versions: dict[int, list[RequirementVersion]] = {key: [] for key in own}
    rows = sa.select(RequirementVersion).where(RequirementVersion.requirement_id.in_(own))
    for version in db.session.scalars(rows.order_by(RequirementVersion.number)):
        versions[version.requirement_id].append(version)
    listed = [shown(own[key], of, day) for key, of in versions.items() if of]
    return sorted(listed, key=lambda each: (each.has_ended(day), not each.holds(day), each.requirement.code))


def shown(requirement: Requirement, versions: Sequence[RequirementVersion], day: date) -> Listed:
    """A requirement by its versions, of which there is at least one."""
    real = [each for each in versions if each.ends_on is None or each.starts_on < each.ends_on] or list(versions)
    holding = [each for each in real if each.starts_on <= day and (each.ends_on is None or day < each.ends_on)]
    later = [each for each in real if each.starts_on > day]
    version = (holding or later or real[-1:])[0]
    has_next = any(each.number > version.number for each in later)
    rule, scope = documents.rule(version.rule), documents.scope(version.scope)
    return Listed(requirement, version, rule, scope, real[0].starts_on, has_next)


def open_drafts(programme_id: int) -> Sequence[RequirementDraft]:
    """Drafts of a programme that are not published, by code."""
    statement = sa.select(RequirementDraft).where(
        RequirementDraft.programme_id == programme_id, RequirementDraft.published_at.is_(None))
    return list(db.session.scalars(statement.order_by(RequirementDraft.code)))


def open_draft(programme_id: int, code: str) -> RequirementDraft | None:
    """The draft with a code that is not published yet."""
    return next((each for each in open_drafts(programme_id) if each.code == code), None)


def by_code(programme_id: int, code: str) -> Requirement | None:
    """The requirement of a programme with a code."""
    statement = sa.select(Requirement).where(Requirement.programme_id == programme_id, Requirement.code == code)
    return db.session.scalar(statement)


def codes(programme_id: int) -> set[str]:
    """The codes of the requirements of a programme."""
    return set(db.session.scalars(sa.select(Requirement.code).where(Requirement.programme_id == programme_id)))


def programmes(actor: Actor) -> list[tuple[Programme, int]]:
    """Programmes whose requirements the actor may read, by code, each with how many it has."""
    scope = actor.scope(Permission.REQUIREMENTS_READ)
    number = sa.select(sa.func.count()).where(Requirement.programme_id == Programme.id).scalar_subquery()
    statement = sa.select(Programme, number).order_by(Programme.code)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return [(programme, count) for programme, count in db.session.execute(statement)]


def course_titles() -> Mapping[int, tuple[str, Mapping[str, str]]]:
    """Code and titles of every course by its id, in the order of codes. The catalogue is small."""
    statement = (
        sa.select(Course.id, Course.code, CourseVersion.titles)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .order_by(Course.code)
    )
    return {key: (code, titles or {"en": code}) for key, code, titles in db.session.execute(statement)}
