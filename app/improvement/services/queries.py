"""Reads of the log of services, always in the scope of the actor."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.improvement.services.models import ServiceLog
from app.improvement.services.rules import ServiceKind, counting
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class ServiceFilter:
    """What an address asks for; empty means all."""

    kind: str = ""
    theme: str = ""
    year: str = ""


def of_factory(factory_id: int) -> list[ServiceLog]:
    """Every row of a factory, the latest day first. The caller has checked the factory. Two statements."""
    statement = (
        sa.select(ServiceLog).where(ServiceLog.factory_id == factory_id).options(selectinload(ServiceLog.actions))
        .order_by(ServiceLog.held_on.desc(), ServiceLog.id.desc()))
    return list(db.session.scalars(statement))


def chosen_of(rows: Sequence[ServiceLog], asked: ServiceFilter) -> list[ServiceLog]:
    """The rows that count and that an address asks for."""
    return [
        each for each in counting(rows)
        if asked.kind in {"", each.kind.value} and asked.theme in {"", each.theme}
        and asked.year in {"", str(each.held_on.year)}]


def service(
    actor: Actor, service_id: int, permission: Permission = Permission.VISITS_READ, *, hold: bool = False
) -> ServiceLog:
    """A row of a factory in which the actor holds the permission. Raises NotFound."""
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    statement = sa.select(ServiceLog).where(ServiceLog.id == service_id, ServiceLog.factory_id.in_(factories))
    statement = statement.with_for_update(of=ServiceLog) if hold else statement.options(
        joinedload(ServiceLog.factory).joinedload(Factory.programme), selectinload(ServiceLog.actions))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def is_corrected(service_id: int) -> bool:
    """Whether another row stands in its place."""
    return db.session.scalar(sa.select(ServiceLog.id).where(ServiceLog.corrects_id == service_id)) is not None


def kinds() -> list[str]:
    """What the filter offers."""
    return [each.value for each in ServiceKind]
