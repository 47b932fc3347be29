"""Rooms, interpreters, host accounts, and the rules of a programme."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Programme
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import HostAccount, Interpreter, PlanningRules, Room
from app.sessions.queries.planning import programmes

Thing = TypeVar("Thing", Room, Interpreter, HostAccount)


def programme_for(actor: Actor, code: str, permission: Permission = Permission.SESSIONS_PLAN) -> Programme:
    """The programme, where the actor holds the permission in all of it. Raises NotFound."""
    found = next((each for each in programmes(actor, permission) if each.code == code), None)
    if found is None:
        raise NotFound
    return found


def rooms(programme_id: int) -> Sequence[tuple[Room, str | None]]:
    """Rooms by name, each with its factory; those that are closed last."""
    statement = sa.select(Room, Factory.name).outerjoin(Factory, Factory.id == Room.factory_id)
    rows = db.session.execute(
        statement.where(Room.programme_id == programme_id).order_by(Room.closed_on.is_not(None), Room.name, Room.id)
    )
    return [(room, factory) for room, factory in rows]


def rooms_on(programme_id: int, day: date) -> Sequence[Room]:
    """Rooms that can be planned with on a day, by name."""
    is_open = sa.or_(Room.closed_on.is_(None), Room.closed_on > day)
    statement = sa.select(Room).where(Room.programme_id == programme_id, is_open)
    return db.session.scalars(statement.order_by(Room.name, Room.id)).all()


def room(programme_id: int, room_id: int) -> Room:
    """A room of a programme. Raises NotFound."""
    return _of(programme_id, Room, room_id)


def interpreters(programme_id: int) -> Sequence[Interpreter]:
    """By name; those who work no more last."""
    statement = sa.select(Interpreter).where(Interpreter.programme_id == programme_id)
    ordered = statement.order_by(Interpreter.retired_on.is_not(None), Interpreter.name, Interpreter.id)
    return db.session.scalars(ordered).all()


def interpreter(programme_id: int, interpreter_id: int) -> Interpreter:
    """An interpreter of a programme. Raises NotFound."""
    return _of(programme_id, Interpreter, interpreter_id)


def hosts(programme_id: int) -> Sequence[HostAccount]:
    """By name; those that are closed last."""
    statement = sa.select(HostAccount).where(HostAccount.programme_id == programme_id)
    ordered = statement.order_by(HostAccount.closed_on.is_not(None), HostAccount.name, HostAccount.id)
    return db.session.scalars(ordered).all()


def host(programme_id: int, host_id: int) -> HostAccount:
    """A host account of a programme. Raises NotFound."""
    return _of(programme_id, HostAccount, host_id)


def planning_rules(programme_id: int, *, lock: bool = False) -> PlanningRules | None:
    """The rules of a programme; None where the defaults hold."""
    statement = sa.select(PlanningRules).where(PlanningRules.programme_id == programme_id)
    return db.session.scalar(statement.with_for_update() if lock else statement)


def _of(programme_id: int, kind: type[Thing], number: int) -> Thing:
    found = db.session.get(kind, number)
    if found is None or found.programme_id != programme_id:
        raise NotFound
    return found
