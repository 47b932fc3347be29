"""What an action can be made of: open findings, recommended training, owners."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.courses.models import CourseVersion
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole
from app.improvement.findings.models import Finding
from app.improvement.findings.queries import FindingFilter, of_factory, training_for
from app.improvement.findings.training import Recommendation, Step
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.rules import OPEN, ActionState
from app.platform.clock import today
from app.platform.db import db


@dataclass(frozen=True)
class Proposal:
    """What is recommended about a point: a course if there is one, for whom, and the step beside it."""

    course_id: int | None
    roles: tuple[JobRole, ...]
    people: int
    step: Step


def open_findings(factory_id: int) -> list[Finding]:
    """What is not closed and has no action yet - whenever it was found -, the gravest of each theme first."""
    answered = set(
        db.session.scalars(
            sa.select(Finding.question)
            .join(RoadmapAction, RoadmapAction.finding_id == Finding.id)
            .where(RoadmapAction.factory_id == factory_id, RoadmapAction.state.in_((*OPEN, ActionState.DONE)))))
    return [each for each in of_factory(factory_id, FindingFilter()) if each.question not in answered]


def proposed(factory: Factory, point: str, offered: Sequence[CourseVersion]) -> Proposal:
    """The first that is recommended about a point, for as many people as work there in its roles."""
    first = next(iter(training_for({point}, today(factory.programme.zone), offered).get(point, ())), None)
    if first is None:
        return Proposal(None, (), 0, Step.WRITTEN_RULE)
    course_id = next(each.course_id for each in offered if each.course.code == first.course_code)
    roles = _job_roles(first)
    return Proposal(course_id, roles, max(1, working(factory.id, roles)) if roles else 1, first.step)


def _job_roles(recommendation: Recommendation) -> tuple[JobRole, ...]:
    return tuple(each for each in recommendation.audience if isinstance(each, JobRole))


def working(factory_id: int, roles: Collection[JobRole]) -> int:
    """How many people work there now in these roles."""
    statement = (
        sa.select(sa.func.count(Person.id.distinct())).join(Employment, Employment.person_id == Person.id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None), Employment.role.in_(roles)))
    return db.session.scalar(statement) or 0


def owners(factory_id: int) -> list[accounts.FocalPoint]:
    """The accounts that can look after an action of a factory."""
    people = [*accounts.focal_points([factory_id]), *accounts.advisors([factory_id])]
    return list({each.account_id: each for each in people}.values())
