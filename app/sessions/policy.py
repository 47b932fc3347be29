"""Who may do what with a training session, beyond the role."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import Modality, SeatState


def may_plan(actor: Actor, training: TrainingSession) -> bool:
    """Confirm, move, cancel and close."""
    return actor.scope(Permission.SESSIONS_PLAN).reaches(training.programme_id)


def may_settle_seats(actor: Actor, training: TrainingSession) -> bool:
    """Book nominations."""
    return actor.scope(Permission.SEATS_CONFIRM).reaches(training.programme_id)


def may_nominate(actor: Actor, programme_id: int, factory_id: int) -> bool:
    """Nominate people of this factory."""
    return actor.scope(Permission.SEATS_NOMINATE).reaches(programme_id, factory_id)


def may_withdraw(actor: Actor, training: TrainingSession, factory_id: int) -> bool:
    """Take a seat back: who settles seats, and the factory itself."""
    return may_settle_seats(actor, training) or may_nominate(actor, training.programme_id, factory_id)


def sees_all_seats(actor: Actor, training: TrainingSession) -> bool:
    """Whether the people of every factory are shown, or only those of the own factories."""
    scope = actor.scope(Permission.SESSIONS_READ)
    return scope.everything or training.programme_id in scope.programmes


def may_see_link(actor: Actor, training: TrainingSession, seats: list[Seat]) -> bool:
    """The link is for who teaches or plans, and for factories with people who join by it."""
    if may_plan(actor, training) or actor.account_id in {trainer.account_id for trainer in training.trainers}:
        return True
    own = actor.scope(Permission.SEATS_NOMINATE).factories
    return any(
        seat.factory_id in own and seat.state is SeatState.BOOKED and seat.modality is Modality.VIRTUAL
        for seat in seats
    )
