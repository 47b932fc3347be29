"""Which programmes a partner sees in numbers."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Programme
from app.platform.db import db


def programmes(actor: Actor) -> Sequence[Programme]:
    """By code."""
    scope = actor.scope(Permission.AGGREGATES_READ)
    own = sa.true() if scope.everything else Programme.id.in_(scope.programmes)
    return db.session.scalars(sa.select(Programme).where(own).order_by(Programme.code)).all()
