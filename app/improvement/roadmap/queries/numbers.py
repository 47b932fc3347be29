"""The plan across factories in numbers, and the groups by which it can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Group
from app.factories.queries import visible_factories
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.rules import OPEN, ActionState
from app.platform.clock import today
from app.platform.db import db


@dataclass(frozen=True)
class InNumbers:
    """How many actions a factory has by state, and how many of the open ones are overdue. Of actions, not of people."""

    factory: Factory
    states: Mapping[ActionState, int]
    overdue: int


def groups_in_sight(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the groups of factories in sight, by name."""
    ids = visible_factories(actor, Permission.ROADMAP_READ).with_only_columns(Factory.group_id)
    rows = db.session.execute(sa.select(Group.code, Group.name).where(Group.id.in_(ids)).order_by(Group.name, Group.id))
    return [(row.code, row.name) for row in rows]


def in_numbers(actor: Actor) -> list[InNumbers]:
    """The factories that the actor sees in numbers, by name. Two statements."""
    statement = visible_factories(actor, Permission.GROUP_FIGURES_READ).options(joinedload(Factory.programme))
    factories = db.session.scalars(statement.order_by(sa.func.lower(Factory.name), Factory.id)).all()
    days = {factory.id: today(factory.programme.zone) for factory in factories}
    columns = (RoadmapAction.factory_id, RoadmapAction.state, RoadmapAction.due_on)
    rows = db.session.execute(
        sa.select(*columns, sa.func.count()).where(RoadmapAction.factory_id.in_(days)).group_by(*columns))
    counted: dict[int, dict[ActionState, int]] = {factory_id: {} for factory_id in days}
    late = dict.fromkeys(days, 0)
    for factory_id, state, due_on, number in rows:
        counted[factory_id][state] = counted[factory_id].get(state, 0) + number
        late[factory_id] += number if _is_late(state, due_on, days[factory_id]) else 0
    return [InNumbers(factory, counted[factory.id], late[factory.id]) for factory in factories]


def _is_late(state: ActionState, due_on: date, day: date) -> bool:
    return state in OPEN and due_on < day
