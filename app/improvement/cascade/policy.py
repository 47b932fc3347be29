"""For which factory somebody reads and enters sessions, beyond the role."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.improvement.ambassadors.queries import own_factories
from app.platform.db import db
from app.platform.refusal import NotFound


def factory_for(actor: Actor, code: str, permission: Permission) -> Factory:
    """The factory, where the actor holds the permission; of a person one of which she is an ambassador today.

    Raises NotFound for every other.
    """
    if actor.person_id is None:
        return factory_by_code(actor, code, permission)
    if not actor.may(permission):
        raise NotFound
    found = db.session.scalar(sa.select(Factory).where(Factory.code == code).options(joinedload(Factory.programme)))
    if found is None or found.id not in own_factories(actor.person_id):
        raise NotFound
    return found
