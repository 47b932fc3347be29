"""The actions of factories in sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Group, Programme
from app.factories.queries import visible_factories
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.rules import OPEN, ActionState, is_overdue
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class ActionFilter:
    """What an address asks for; empty means all, and for the state all that is not ended."""

    programme: str = ""
    group: str = ""
    factory: str = ""
    theme: str = ""
    state: str = ""


def listed(actor: Actor, chosen: ActionFilter) -> sa.Select[RoadmapAction]:
    """The actions of the factories in sight, those that are due first."""
    factories = visible_factories(actor, Permission.ROADMAP_READ).with_only_columns(Factory.id)
    return (
        sa.select(RoadmapAction)
        .join(RoadmapAction.factory)
        .join(Factory.programme)
        .outerjoin(Factory.group)
        .options(
            contains_eager(RoadmapAction.factory).contains_eager(Factory.programme), joinedload(RoadmapAction.course),
            contains_eager(RoadmapAction.factory).contains_eager(Factory.group), joinedload(RoadmapAction.owner),
            joinedload(RoadmapAction.finding))
        .where(RoadmapAction.factory_id.in_(factories), *_asked(chosen))
        .order_by(RoadmapAction.due_on, Factory.name, RoadmapAction.id)
    )


def _asked(chosen: ActionFilter) -> list[sa.ColumnElement[bool]]:
    asked = [
        (Programme.code, chosen.programme), (Group.code, chosen.group), (Factory.code, chosen.factory),
        (RoadmapAction.theme, chosen.theme),
    ]
    where: list[sa.ColumnElement[bool]] = [column == value for column, value in asked if value]
    if chosen.state in set(ActionState):
        where.append(RoadmapAction.state == chosen.state)
    elif chosen.state != "all":
        where.append(RoadmapAction.state.in_(OPEN))
    return where


def of_factory(
    factory_id: int, cycle_on: date | None = None, chosen: ActionFilter | None = None
) -> list[RoadmapAction]:
    """The actions of a factory, of one of its cycles or of all. The caller has checked the factory."""
    statement = (
        sa.select(RoadmapAction)
        .join(RoadmapAction.factory).join(Factory.programme).outerjoin(Factory.group)
        .options(
            joinedload(RoadmapAction.course), joinedload(RoadmapAction.owner), joinedload(RoadmapAction.finding),
            contains_eager(RoadmapAction.factory).contains_eager(Factory.programme))
        .where(RoadmapAction.factory_id == factory_id)
        .order_by(RoadmapAction.due_on, RoadmapAction.id)
    )
    if cycle_on is not None:
        statement = statement.where(RoadmapAction.cycle_on == cycle_on)
    if chosen is not None:
        statement = statement.where(*_asked(chosen))
    return list(db.session.scalars(statement))


def overdue_first(actions: Iterable[RoadmapAction], day: date) -> list[RoadmapAction]:
    """What is overdue before what is not, each in its order."""
    return sorted(actions, key=lambda each: not is_overdue(each.state, each.due_on, day))


def action(
    actor: Actor, action_id: int, permission: Permission = Permission.ROADMAP_READ, *, hold: bool = False
) -> RoadmapAction:
    """One action of a factory in which the actor holds the permission; `hold` keeps everybody else from changing it
    meanwhile. Raises NotFound."""
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    statement = sa.select(RoadmapAction).where(
        RoadmapAction.id == action_id, RoadmapAction.factory_id.in_(factories))
    if hold:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def history(action_id: int) -> Sequence[RoadmapChange]:
    """Everything that happened to an action, the latest first."""
    statement = sa.select(RoadmapChange).where(RoadmapChange.action_id == action_id)
    return db.session.scalars(statement.order_by(RoadmapChange.id.desc())).all()
