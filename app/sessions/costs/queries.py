"""Reading what training sessions cost."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.costs.models import COUNTS, TrainingCost
from app.sessions.models import TrainingSession


def costs_of(training_id: int) -> Sequence[TrainingCost]:
    """What counts, as it was entered. The caller has checked the training session."""
    statement = sa.select(TrainingCost).where(TrainingCost.training_id == training_id, COUNTS)
    return db.session.scalars(statement.order_by(TrainingCost.id)).all()


def may_enter(actor: Actor, training: TrainingSession) -> bool:
    """Whether somebody enters and sees the costs."""
    return actor.scope(Permission.COSTS_WRITE).reaches(training.programme_id)


def cost(actor: Actor, cost_id: int) -> TrainingCost:
    """One that counts, of a programme in which the actor enters costs. Raises NotFound."""
    found = entered(actor, cost_id)
    if found.ended_at is not None:
        raise NotFound
    return found


def correction(cost_id: int) -> TrainingCost | None:
    """What was entered instead of a cost, whether it still counts or not. The caller has checked the cost."""
    return db.session.scalar(sa.select(TrainingCost).where(TrainingCost.corrects_id == cost_id))


def entered(actor: Actor, cost_id: int) -> TrainingCost:
    """The same, also one that was corrected or removed. Raises NotFound."""
    scope = actor.scope(Permission.COSTS_WRITE)
    statement = (
        sa.select(TrainingCost)
        .join(TrainingSession, TrainingSession.id == TrainingCost.training_id)
        .where(TrainingCost.id == cost_id)
        .where(sa.true() if scope.everything else TrainingSession.programme_id.in_(scope.programmes))
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found
