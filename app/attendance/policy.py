"""Who may do what with a roll call, beyond the role."""

from app.access.actor import Actor
from app.sessions.models import TrainingSession
from app.sessions.policy import is_staff, may_take_roll, teaches


def may_close(actor: Actor, training: TrainingSession) -> bool:
    """Close and open the roll call of a half-day: who teaches and the staff of the programme, not a helper."""
    runs_it = is_staff(actor, training.programme_id) or teaches(actor, training)
    return runs_it and may_take_roll(actor, training)
