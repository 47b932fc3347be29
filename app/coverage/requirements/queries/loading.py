"""One programme, requirement, draft or waiver, as far as the actor reaches. Raises NotFound for all others."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course
from app.coverage.models import Requirement
from app.coverage.requirements.models import RequirementDraft, RequirementVersion, RequirementWaiver
from app.factories.models import Factory, Programme
from app.factories.queries import factory_by_code
from app.platform.db import db
from app.platform.refusal import NotFound


def programme(actor: Actor, code: str, may: Permission) -> Programme:
    """The programme by its code."""
    found = db.session.scalar(sa.select(Programme).where(Programme.code == code))
    return _reached(actor, found, may)


def programme_by_id(actor: Actor, programme_id: int, may: Permission) -> Programme:
    """The programme by its number."""
    return _reached(actor, db.session.get(Programme, programme_id), may)


def _reached(actor: Actor, found: Programme | None, may: Permission) -> Programme:
    if found is None or not actor.scope(may).reaches(found.id):
        raise NotFound
    return found


def requirement(actor: Actor, requirement_id: int, may: Permission) -> Requirement:
    """The requirement, where the actor holds the permission in its programme."""
    found = db.session.get(Requirement, requirement_id)
    if found is None or not actor.scope(may).reaches(found.programme_id):
        raise NotFound
    return found


def versions(requirement_id: int) -> Sequence[RequirementVersion]:
    """The versions of a requirement, the first one first."""
    statement = sa.select(RequirementVersion).where(RequirementVersion.requirement_id == requirement_id)
    return list(db.session.scalars(statement.order_by(RequirementVersion.number)))


def draft(actor: Actor, draft_id: int, may: Permission) -> RequirementDraft:
    """The draft, published or not."""
    found = db.session.get(RequirementDraft, draft_id)
    if found is None or not actor.scope(may).reaches(found.programme_id):
        raise NotFound
    return found


def waiver(actor: Actor, code: str, waiver_id: int, may: Permission) -> tuple[Factory, RequirementWaiver]:
    """The waiver with its factory."""
    factory = factory_by_code(actor, code, may)
    found = db.session.get(RequirementWaiver, waiver_id)
    if found is None or found.factory_id != factory.id:
        raise NotFound
    return factory, found


def known_courses() -> frozenset[int]:
    """Ids of the courses of the catalogue, those that are no longer offered among them."""
    return frozenset(db.session.scalars(sa.select(Course.id)))
