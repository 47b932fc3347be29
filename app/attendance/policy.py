"""Who may mark, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.roles import Role
from app.sessions.models import TrainingSession

_STAFF = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER})


def may_mark(actor: Actor, training: TrainingSession) -> bool:
    """Who teaches this training session, and the staff of its programme; another trainer of the programme may not."""
    if not actor.scope(Permission.ATTENDANCE_MARK).reaches(training.programme_id):
        return False
    return actor.is_system or _is_staff(actor, training.programme_id) or _teaches(actor, training)


def _is_staff(actor: Actor, programme_id: int) -> bool:
    return any(
        grant.role in _STAFF and grant.factory_id is None and grant.programme_id in {None, programme_id}
        for grant in actor.grants
    )


def _teaches(actor: Actor, training: TrainingSession) -> bool:
    return actor.account_id is not None and actor.account_id in {trainer.account_id for trainer in training.trainers}
