"""The list of factories."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Employment, Factory, Programme
from app.factories.queries import visible_factories
from app.factories.rules import JobRole
from app.platform.db import db
from app.platform.i18n.folding import searchable


@dataclass(frozen=True)
class FactoryFilter:
    """What the address of the list asks for; empty means all."""

    words: str = ""
    programme: str = ""
    province: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.words or self.programme or self.province)


def factories(actor: Actor, chosen: FactoryFilter) -> sa.Select[*tuple[Any, ...]]:
    """Factories in scope by name, each with its people and supervisors now employed."""
    statement = (
        visible_factories(actor, Permission.FACTORIES_READ)
        .join(Factory.programme)
        .options(contains_eager(Factory.programme))
        .add_columns(_now_employed().label("people"), _now_employed(JobRole.SUPERVISOR).label("supervisors"))
        .order_by(Factory.name, Factory.id)
    )
    if chosen.programme:
        statement = statement.where(Programme.code == chosen.programme)
    if chosen.province:
        statement = statement.where(Factory.province == chosen.province)
    return statement.where(Factory.id.in_(_named(actor, chosen.words))) if chosen.words.strip() else statement


def _now_employed(role: JobRole | None = None) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).where(Employment.factory_id == Factory.id, Employment.ended_on.is_(None))
    return (counted.where(Employment.role == role) if role else counted).scalar_subquery()


def _named(actor: Actor, words: str) -> list[int]:
    """Factories whose code or names hold every word, whatever the marks. There are hundreds of factories at most."""
    visible = visible_factories(actor, Permission.FACTORIES_READ)
    names = db.session.execute(
        visible.with_only_columns(Factory.id, Factory.code, Factory.name, Factory.local_name)
    )
    wanted = searchable(words).split()
    return [factory_id for factory_id, *texts in names if all(word in searchable(*texts) for word in wanted)]


def programmes(actor: Actor) -> list[Programme]:
    """Programmes with a factory in scope, by code."""
    ids = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.programme_id)
    return list(db.session.scalars(sa.select(Programme).where(Programme.id.in_(ids)).order_by(Programme.code)))


def provinces(actor: Actor) -> list[str]:
    """Provinces with a factory in scope."""
    visible = visible_factories(actor, Permission.FACTORIES_READ)
    return list(db.session.scalars(visible.with_only_columns(Factory.province).distinct().order_by(Factory.province)))
