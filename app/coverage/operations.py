"""Saying who must be trained in what, and making sure that coverage is what the facts say."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Course
from app.coverage.ledger import rebuilding
from app.coverage.ledger.rebuilding import Rebuilt
from app.coverage.models import Requirement
from app.coverage.requirements.documents import document
from app.coverage.requirements.events import RequirementChanged
from app.coverage.requirements.models import RequirementVersion
from app.coverage.requirements.rules import Kind, Rule
from app.factories.rules import JobRole
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db

FIRST_DAY = date(2000, 1, 1)
"""Before anything that anybody counts."""


def rebuild() -> Rebuilt:
    """Look at all facts again. Answers how much there was, and what was missing."""
    return rebuilding.rebuild()


def require(
    actor: Actor, programme_id: int, course_id: int, roles: Sequence[JobRole], since: date = FIRST_DAY
) -> Requirement:
    """Everybody in these roles at the factories of the programme must hold the course: the short way to a requirement
    that is called as its course. Once more with other roles is its next version. The caller has checked.
    """
    code = db.session.get_one(Course, course_id).code
    rule = document(Rule(Kind.ROLE, courses=(course_id,), roles=tuple(roles)))
    found = db.session.scalar(
        sa.select(Requirement).where(Requirement.programme_id == programme_id, Requirement.code == code)
    )
    if found is None:
        found = Requirement(programme_id=programme_id, code=code, title={})
        db.session.add(found)
        db.session.flush()  # its versions need its number
    last = db.session.scalar(
        sa.select(RequirementVersion)
        .where(RequirementVersion.requirement_id == found.id)
        .order_by(RequirementVersion.number.desc())
        .limit(1)
    )
    if last is not None and last.rule == rule and last.ends_on is None:
        return found
    db.session.add(
        RequirementVersion(
            requirement_id=found.id, number=last.number + 1 if last else 1, starts_on=since, ends_on=None, rule=rule,
            scope={}, source="", review_on=None, account_id=actor.account_id, created_at=now(),
        )
    )  # fmt: skip
    db.session.flush()
    audit.record(actor, "coverage.require", f"programme:{programme_id}", course=course_id, roles=list(map(str, roles)))
    publish(RequirementChanged(found.id))
    return found
