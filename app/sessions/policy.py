"""Who may do what with a training session, beyond the role."""

from collections.abc import Mapping, Sequence

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.roles import Role
from app.factories.models import Factory
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.rules import Modality, SeatState, SiteKind, joins_by_link

_STAFF = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER})


def may_plan(actor: Actor, training: TrainingSession) -> bool:
    """Confirm, move, cancel and close."""
    return actor.scope(Permission.SESSIONS_PLAN).reaches(training.programme_id)


def may_plan_in(actor: Actor, programme_id: int) -> bool:
    """Plan training sessions of this programme, and see its drafts."""
    return actor.scope(Permission.SESSIONS_PLAN).reaches(programme_id)


def may_reopen(actor: Actor, training: TrainingSession) -> bool:
    """Open a closed one again."""
    return actor.scope(Permission.SESSIONS_REOPEN).reaches(training.programme_id)


def takes(training: TrainingSession, factory: Factory) -> bool:
    """Whether people of this factory can join: of its programme and, where it is for one manufacturer, of its group."""
    is_in_group = training.group_id is None or training.group_id == factory.group_id
    return is_in_group and training.programme_id == factory.programme_id


def may_settle_seats(actor: Actor, training: TrainingSession) -> bool:
    """Book nominations."""
    return actor.scope(Permission.SEATS_CONFIRM).reaches(training.programme_id)


def may_nominate(actor: Actor, programme_id: int, factory_id: int) -> bool:
    """Nominate people of this factory."""
    return actor.scope(Permission.SEATS_NOMINATE).reaches(programme_id, factory_id)


def may_withdraw(actor: Actor, training: TrainingSession, factory_id: int) -> bool:
    """Take a seat back: who settles seats, and the factory itself."""
    return may_settle_seats(actor, training) or may_nominate(actor, training.programme_id, factory_id)


def may_take_roll(actor: Actor, training: TrainingSession) -> bool:
    """Who teaches this training session or was asked to help in it, and the staff of its programme.

    Another trainer of the programme may not.
    """
    scope = actor.scope(Permission.ATTENDANCE_MARK)
    if training.id in scope.trainings:
        return True
    if not scope.reaches(training.programme_id):
        return False
    return is_staff(actor, training.programme_id) or teaches(actor, training)


def is_own_room(actor: Actor, site: Site) -> bool:
    """Whether it is the room of a factory that the actor speaks for when people are checked in."""
    own = actor.scope(Permission.ATTENDANCE_DECLARE).factories
    return site.kind is SiteKind.FACTORY_ROOM and site.factory_id in own


def may_seat_at_door(actor: Actor, training: TrainingSession, site: Site) -> bool:
    """Add somebody without a seat who stands there: who takes the roll anywhere, a factory in its own room."""
    return may_take_roll(actor, training) or is_own_room(actor, site)


def is_staff(actor: Actor, programme_id: int) -> bool:
    """Whether the actor runs the programme, or all of them."""
    return actor.is_system or any(
        grant.role in _STAFF and (grant.is_everywhere or (grant.is_in_programme and grant.programme_id == programme_id))
        for grant in actor.grants
    )


def teaches(actor: Actor, training: TrainingSession) -> bool:
    """Whether the actor is one of its trainers."""
    return actor.account_id is not None and actor.account_id in {trainer.account_id for trainer in training.trainers}


def may_appoint(actor: Actor, training: TrainingSession) -> bool:
    """Ask helpers: who teaches it, and the staff of its programme."""
    if not actor.scope(Permission.HELPERS_APPOINT).reaches(training.programme_id):
        return False
    return is_staff(actor, training.programme_id) or teaches(actor, training)


def may_start_kiosk(actor: Actor, training: TrainingSession) -> bool:
    """Make a tablet a kiosk: where the actor works, and a factory for the training sessions that it sees."""
    scope = actor.scope(Permission.KIOSK_START)
    return bool(scope.factories) or scope.reaches(training.programme_id, training_id=training.id)


def sees_all_seats(actor: Actor, training: TrainingSession) -> bool:
    """Whether the people of every factory are shown, or only those of the own factories."""
    return actor.scope(Permission.SESSIONS_READ).reaches(training.programme_id, training_id=training.id)


def sees_whole_programmes(actor: Actor) -> bool:
    """Whether the actor sees more of training sessions than what concerns single factories."""
    scope = actor.scope(Permission.SESSIONS_READ)
    return scope.everything or bool(scope.programmes)


def factories_shown(actor: Actor, training: TrainingSession) -> frozenset[int] | None:
    """Whose people are shown by name: None stands for those of every factory."""
    return None if sees_all_seats(actor, training) else actor.scope(Permission.SESSIONS_READ).factories


def links_seen(
    actor: Actor, training: TrainingSession, seats: Sequence[Seat], elsewhere: Mapping[tuple[int, int], Modality]
) -> frozenset[int]:
    """The half-days whose link is shown: all to who teaches or plans; to a factory those that its people join by link.

    `elsewhere` says by half-day and seat how somebody joins who does not join as the seat says.
    """
    if may_plan(actor, training) or teaches(actor, training):
        return frozenset(meeting.id for meeting in training.meetings)
    own = actor.scope(Permission.SEATS_NOMINATE).factories
    booked = [seat for seat in seats if seat.factory_id in own and seat.state is SeatState.BOOKED]
    return frozenset(
        meeting.id
        for meeting in training.meetings
        for seat in booked
        if joins_by_link(meeting.modality, elsewhere.get((meeting.id, seat.id), seat.modality))
    )
