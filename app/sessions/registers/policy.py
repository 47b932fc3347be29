"""Who keeps what of the registers, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Programme


def may_manage(actor: Actor, programme: Programme) -> bool:
    """Trainers, host accounts and rules: who runs the programme. Rooms and interpreters: everybody who plans."""
    return actor.scope(Permission.REGISTERS_MANAGE).reaches(programme.id)


def may_keep(actor: Actor, programme: Programme, account_id: int) -> bool:
    """Say what a trainer speaks and when he or she is away: who runs the programme, and the trainer."""
    return may_manage(actor, programme) or actor.account_id == account_id
