"""Who decides about what phones brought and nobody could take down."""

from app.access.actor import Actor
from app.sessions.models import TrainingSession
from app.sessions.policy import is_staff, may_take_roll, teaches


def may_settle(actor: Actor, training: TrainingSession) -> bool:
    """Who teaches it, and the staff of its programme: not somebody who only helps."""
    runs = is_staff(actor, training.programme_id) or teaches(actor, training)
    return runs and may_take_roll(actor, training)
