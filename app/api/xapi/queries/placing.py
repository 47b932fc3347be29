"""Whom a statement is about, and so who may read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.api.xapi import names
from app.api.xapi.models import KnownAs
from app.api.xapi.rules.problems import Malformed
from app.factories.models import Employment, Factory, Person
from app.platform.db import db

_OURS = re.compile(r"[0-9a-f]{32}")
"""Every name that was given out; nothing else is asked of the database."""


@dataclass(frozen=True)
class Place:
    """The person that a statement is about, and factory and programme whose staff may read it."""

    person_id: int | None = None
    factory_id: int | None = None
    programme_id: int | None = None


def places_of(actor: Actor, batch: Sequence[dict[str, Any]]) -> list[Place]:
    """One for each statement. Raises Malformed for an account of ours that the actor does not reach: whether there is
    such a person, the refusal does not say. Two statements, however many there are.
    """
    wanted = [_name(each["actor"]) for each in batch]
    known = people(actor, {name for name in wanted if name is not None})
    usual = _usual(actor.scope(Permission.FACTORIES_READ))
    for name in wanted:
        if name is not None and name not in known:
            raise Malformed(f"statement.actor.account.name is nobody whom this token reaches: {name}")
    return [usual if name is None else known[name] for name in wanted]


def person_of(actor: Actor, agent: dict[str, Any]) -> int | None:
    """The person of ours that an agent is; None for others. Raises Malformed as `places_of`."""
    name = _name(agent)
    if name is None:
        return None
    if not (found := people(actor, {name})):
        raise Malformed(f"agent.account.name is nobody whom this token reaches: {name}")
    return found[name].person_id


def people(actor: Actor, wanted: set[str]) -> dict[str, Place]:
    """Name -> person, with the factory in which the actor sees her: where she works now, else where she did last."""
    wanted = {name for name in wanted if _OURS.fullmatch(name)}
    if not wanted:
        return {}
    scope = actor.scope(Permission.FACTORIES_READ)
    holder = sa.func.coalesce(Person.merged_into_id, Person.id)
    rows = db.session.execute(
        sa.select(KnownAs.name, holder.label("person_id"), Factory.id.label("factory_id"), Factory.programme_id)
        .join(Person, Person.id == KnownAs.person_id)
        .join(Employment, Employment.person_id == holder)
        .join(Factory, Factory.id == Employment.factory_id)
        .where(KnownAs.name.in_(wanted), Person.erased_at.is_(None))
        .order_by(Employment.ended_on.is_(None), Employment.started_on, Employment.id)
    )
    return {
        row.name: Place(row.person_id, row.factory_id, row.programme_id)
        for row in rows if scope.reaches(row.programme_id, row.factory_id)
    }  # fmt: skip


def _name(agent: dict[str, Any]) -> str | None:
    account = agent.get("account", {})
    return account["name"] if account.get("homePage") == names.home() else None


def _usual(scope: Scope) -> Place:
    """Where a statement belongs that is about nobody of ours: the only place that its writer reaches, if any."""
    if scope.everything:
        return Place()
    if len(scope.factories) == 1 and not scope.programmes:
        [factory_id] = scope.factories
        return Place(None, factory_id, db.session.get_one(Factory, factory_id).programme_id)
    if len(scope.programmes) == 1 and not scope.factories:
        return Place(None, None, next(iter(scope.programmes)))
    return Place()
