"""Who learns, and whose practice somebody may see."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.lessons.models import PracticeLog
from app.platform.refusal import NotFound


def learner(actor: Actor) -> int:
    """The person that acts for herself. Raises NotFound for everybody else."""
    if actor.person_id is None or not actor.may(Permission.LESSONS_LEARN):
        raise NotFound
    return actor.person_id


def in_sight(actor: Actor) -> sa.ColumnElement[bool]:
    """Logs that stand, of the factories whose practice the actor may read - those at the time of the log."""
    factories = visible_factories(actor, Permission.PRACTICE_READ).with_only_columns(Factory.id)
    return sa.and_(PracticeLog.withdrawn_at.is_(None), PracticeLog.factory_id.in_(factories))
