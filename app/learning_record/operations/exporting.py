"""Taking a record along."""

from collections.abc import Sequence
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.learning_record import queries
from app.learning_record.queries import Wanted
from app.platform import audit
from app.platform.db import db
from app.platform.refusal import NotFound


def export(actor: Actor, factory: Factory, wanted: Wanted) -> tuple[Sequence[Any], Sequence[Any]]:
    """The entries that are wanted, and who took part in them, for the actor to take along. Raises NotFound."""
    if not actor.scope(Permission.FACTORIES_READ).reaches(factory.programme_id, factory.id):
        raise NotFound
    found = db.session.execute(queries.entries(wanted)).all()
    took = queries.participants(wanted)
    audit.record(
        actor, "record.export", f"factory:{factory.id}", entries=len(found), participants=len(took),
        person=wanted.person_id)
    return found, took
