"""Waivers: of a factory, of a requirement, and those that end soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.models import Requirement
from app.coverage.requirements.models import RequirementVersion, RequirementWaiver
from app.coverage.requirements.rules import Kind
from app.factories.models import Employment, Factory, Person
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.refusal import NotFound

SOON = timedelta(days=60)


@dataclass(frozen=True)
class WaiverRow:
    """A waiver in a list; `person` is None where it is the whole factory's."""

    waiver: RequirementWaiver
    requirement: Requirement
    factory: Factory
    person: Person | None

    def has_ended(self, day: date) -> bool:
        return self.waiver.ends_on <= day

    def ends_soon(self, day: date) -> bool:
        return day < self.waiver.ends_on <= day + SOON

    @property
    def never_held(self) -> bool:
        return self.waiver.ends_on <= self.waiver.starts_on

    @property
    def last_day(self) -> date:
        return self.waiver.ends_on - timedelta(days=1)


def of(factory_id: int, requirement_id: int, person_id: int | None) -> Sequence[RequirementWaiver]:
    """The waivers of one person - or of the factory as a whole - from one requirement, the earliest first."""
    statement = sa.select(RequirementWaiver).where(
        RequirementWaiver.factory_id == factory_id, RequirementWaiver.requirement_id == requirement_id,
        RequirementWaiver.person_id.is_(None) if person_id is None else RequirementWaiver.person_id == person_id)
    return list(db.session.scalars(statement.order_by(RequirementWaiver.starts_on)))


def person_of(factory_id: int, person_id: int) -> Person:
    """Somebody who works at a factory, or did once. Raises NotFound."""
    employed = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id == factory_id)
    found = db.session.scalar(sa.select(Person).where(Person.id == person_id, employed))
    if found is None:
        raise NotFound
    return found


def of_factory(actor: Actor, factory_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The waivers of a factory, those that end last first; rows for `WaiverRow`."""
    return _listed().where(RequirementWaiver.factory_id == factory_id, _is_seen(actor))


def of_requirement(actor: Actor, requirement_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The waivers from a requirement, those that end last first; rows for `WaiverRow`."""
    return _listed().where(RequirementWaiver.requirement_id == requirement_id, _is_seen(actor))


def _is_seen(actor: Actor) -> sa.ColumnElement[bool]:
    """Who sits on a committee is for those alone who may see its members: so is who of them is exempt."""
    of_committee = sa.select(RequirementVersion.requirement_id).where(
        RequirementVersion.rule["kind"].as_string() == Kind.BODY.value)
    seen = visible_factories(actor, Permission.COMMITTEES_READ).with_only_columns(Factory.id)
    return sa.or_(
        RequirementWaiver.person_id.is_(None), RequirementWaiver.requirement_id.not_in(of_committee),
        RequirementWaiver.factory_id.in_(seen))


def _listed() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(RequirementWaiver, Requirement, Factory, Person)
        .join(Requirement, Requirement.id == RequirementWaiver.requirement_id)
        .join(Factory, Factory.id == RequirementWaiver.factory_id)
        .outerjoin(Person, Person.id == RequirementWaiver.person_id)
        .order_by(RequirementWaiver.ends_on.desc(), RequirementWaiver.id)
    )


def number_running(actor: Actor, requirement_id: int, day: date) -> int:
    """How many waivers from a requirement hold on a day, of those that the actor may see."""
    statement = sa.select(sa.func.count()).select_from(RequirementWaiver).where(
        RequirementWaiver.requirement_id == requirement_id, RequirementWaiver.starts_on <= day,
        RequirementWaiver.ends_on > day, _is_seen(actor))
    return db.session.scalar(statement) or 0


def running(actor: Actor, factory_id: int, day: date) -> Sequence[WaiverRow]:
    """The waivers of a factory that hold on a day, the one that ends first first."""
    holds = sa.and_(RequirementWaiver.starts_on <= day, RequirementWaiver.ends_on > day)
    rows = db.session.execute(of_factory(actor, factory_id).where(holds))
    return sorted((WaiverRow(*row) for row in rows), key=lambda row: (row.waiver.ends_on, row.waiver.id))
