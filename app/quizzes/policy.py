"""Who may do what with the quizzes of a training session, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import TrainingSession
from app.sessions.policy import sees_all_seats


def may_open(actor: Actor, training: TrainingSession) -> bool:
    """Open and close quizzes."""
    return actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id)


def factories_seen(actor: Actor, training: TrainingSession) -> frozenset[int] | None:
    """Whose results the actor sees: None stands for everybody, with scores; factories see passed or not yet."""
    return None if sees_all_seats(actor, training) else actor.scope(Permission.SESSIONS_READ).factories
