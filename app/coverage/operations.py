"""Keeping who holds what, and saying who must."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.completions import queries as completions
from app.completions.models import Completion
from app.courses.queries import current_version
from app.coverage.models import Holding
from app.coverage.requirements.operations import create
from app.coverage.requirements.queries.listed import by_code
from app.coverage.requirements.rules import Kind, Rule, Said, Scope, SourceKind
from app.factories.rules import JobRole
from app.platform.db import db, insert


def hold(completion_id: int) -> None:
    """From now on the person holds the course as the completion says. Repeating it changes nothing."""
    completion = completions.completion(completion_id)
    values = {
        "person_id": completion.person_id,
        "course_id": completion.course_id,
        "valid_from": completion.completed_at,
        "valid_until": completion.valid_until,
        "withdrawn_at": completion.withdrawn_at,
    }
    db.session.execute(
        insert(Holding)
        .values(completion_id=completion.id, **values)
        .on_conflict_do_update(index_elements=["completion_id"], set_=values)
    )


def release(completion_id: int) -> None:
    """The completion was withdrawn: it counts no longer from that moment on."""
    completion = completions.completion(completion_id)
    db.session.execute(
        sa.update(Holding)
        .where(Holding.completion_id == completion.id)
        .values(withdrawn_at=completion.withdrawn_at)
    )


def rebuild() -> int:
    """Make every holding anew from the completions; answers how many there are."""
    db.session.execute(sa.delete(Holding))
    columns = ["completion_id", "person_id", "course_id", "valid_from", "valid_until", "withdrawn_at"]
    facts = sa.select(
        Completion.id, Completion.person_id, Completion.course_id, Completion.completed_at, Completion.valid_until,
        Completion.withdrawn_at,
    )
    db.session.execute(sa.insert(Holding).from_select(columns, facts))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Holding)) or 0


ALWAYS = date(2000, 1, 1)
"""Since when a rule holds of which nobody said since when."""


def require(actor: Actor, programme_id: int, course_id: int, roles: Sequence[JobRole]) -> None:
    """Everybody in these roles at the factories of the programme must hold the course, as if it always was so. Where
    the programme has a requirement with the code of the course, that stays as it is.

    Raises as `create` of requirements, and NotFound for a course that is not in the catalogue.
    """
    version = current_version(course_id)
    if by_code(programme_id, version.course.code):
        return
    rule = Rule(Kind.ROLE, (course_id,), tuple(roles))
    said = Said(version.course.code, version.titles, rule, Scope(), SourceKind.PROGRAMME, "", ALWAYS)
    made = create(actor, programme_id, said)
    made.course_id, made.roles = course_id, [str(role) for role in roles]
