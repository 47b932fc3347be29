"""Which ambassadors somebody sees, beyond the role. A person who is one finds the own terms by `queries.own`."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.improvement.ambassadors.models import Ambassador


def in_sight(actor: Actor, permission: Permission = Permission.AMBASSADORS_READ) -> sa.ColumnElement[bool]:
    """Terms of the factories in which the actor holds the permission."""
    return Ambassador.factory_id.in_(visible_factories(actor, permission).with_only_columns(Factory.id))
