"""Rooms. Who plans keeps them."""

from dataclasses import asdict

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Factory, Programme
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.sessions.models import Room
from app.sessions.registers.queries.things import programme_for, room
from app.sessions.registers.settings import RoomSettings


def add_room(actor: Actor, code: str, settings: RoomSettings) -> Room:
    """A new room. Raises NotFound out of scope or for another programme's factory, and Taken for a name that exists."""
    programme = programme_for(actor, code)
    made = Room(programme_id=programme.id)
    _write(programme, made, settings)
    audit.record(actor, "registers.add_room", f"room:{made.id}")
    return made


def change_room(actor: Actor, code: str, room_id: int, settings: RoomSettings) -> Room:
    """Change everything of a room, or close it from a day on. Raises NotFound, and Taken for another's name."""
    programme = programme_for(actor, code)
    found = room(programme.id, room_id)
    changed = [name for name, value in asdict(settings).items() if getattr(found, name) != value]
    _write(programme, found, settings)
    if changed:
        audit.record(actor, "registers.change_room", f"room:{found.id}", changed=changed)
    return found


def _write(programme: Programme, found: Room, settings: RoomSettings) -> None:
    if settings.factory_id is not None:
        own = sa.select(Factory.id).where(Factory.id == settings.factory_id, Factory.programme_id == programme.id)
        if db.session.scalar(own) is None:
            raise NotFound
    with unless_taken("name", _("There is a room of this name already.")):
        for name, value in asdict(settings).items():
            setattr(found, name, value)
        db.session.add(found)
