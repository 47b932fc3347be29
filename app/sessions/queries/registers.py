"""Rooms, interpreters and host accounts that can be planned with."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import HostAccount, Interpreter, Room


def rooms(programme_id: int) -> Sequence[Room]:
    """The rooms of a programme that are open, by name."""
    return db.session.scalars(_rooms(programme_id).order_by(Room.name, Room.id)).all()


def open_room(programme_id: int, room_id: int) -> Room:
    """One of them. Raises NotFound."""
    found = db.session.scalar(_rooms(programme_id).where(Room.id == room_id))
    if found is None:
        raise NotFound
    return found


def interpreters(programme_id: int) -> Sequence[Interpreter]:
    """The interpreters of a programme who have not retired, by name."""
    own = sa.select(Interpreter).where(Interpreter.programme_id == programme_id)
    works = sa.or_(Interpreter.retired_on.is_(None), Interpreter.retired_on > now().date())
    return db.session.scalars(own.where(works).order_by(Interpreter.name, Interpreter.id)).all()


def hosts(programme_id: int) -> Sequence[HostAccount]:
    """The host accounts of a programme that are open, by name."""
    own = sa.select(HostAccount).where(HostAccount.programme_id == programme_id)
    is_open = sa.or_(HostAccount.closed_on.is_(None), HostAccount.closed_on > now().date())
    return db.session.scalars(own.where(is_open).order_by(HostAccount.name, HostAccount.id)).all()


def refuse_unknown(programme_id: int, interpreter_ids: Collection[int], host_ids: Collection[int]) -> None:
    """Raises NotFound for interpreters and host accounts that the programme does not have."""
    if interpreter_ids and not set(interpreter_ids) <= {each.id for each in interpreters(programme_id)}:
        raise NotFound
    if host_ids and not set(host_ids) <= {each.id for each in hosts(programme_id)}:
        raise NotFound


def _rooms(programme_id: int) -> sa.Select[Room]:
    is_open = sa.or_(Room.closed_on.is_(None), Room.closed_on > now().date())
    return sa.select(Room).where(Room.programme_id == programme_id, is_open)
