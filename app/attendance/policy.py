"""Who may mark, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import TrainingSession
from app.sessions.policy import is_staff, teaches


def may_mark(actor: Actor, training: TrainingSession) -> bool:
    """Who teaches this training session or was asked to help in it, and the staff of its programme.

    Another trainer of the programme may not.
    """
    scope = actor.scope(Permission.ATTENDANCE_MARK)
    if training.id in scope.trainings:
        return True
    if not scope.reaches(training.programme_id):
        return False
    return is_staff(actor, training.programme_id) or teaches(actor, training)
