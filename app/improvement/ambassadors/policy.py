"""Which ambassadors somebody sees, beyond the role: a person who is one sees what is the own."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.improvement.ambassadors.models import Ambassador


def in_sight(actor: Actor, permission: Permission = Permission.AMBASSADORS_READ) -> sa.ColumnElement[bool]:
    """Terms of the factories in which the actor holds the permission; of a person the own ones."""
    if actor.person_id is not None:
        return Ambassador.person_id == actor.person_id
    return Ambassador.factory_id.in_(visible_factories(actor, permission).with_only_columns(Factory.id))
