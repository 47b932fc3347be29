"""Who may do what with the quizzes of a training session, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import TrainingSession


def may_open(actor: Actor, training: TrainingSession) -> bool:
    """Open and close quizzes."""
    return actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id)


def may_observe(actor: Actor, training: TrainingSession) -> bool:
    """Watch people do a task and note what was seen: who opens the quizzes."""
    return may_open(actor, training)


def factories_seen(actor: Actor, training: TrainingSession) -> frozenset[int] | None:
    """Whose results the actor sees: None stands for everybody, with scores; factories see passed or not yet."""
    scope = actor.scope(Permission.RESULTS_READ)
    return None if scope.reaches(training.programme_id) else scope.factories
