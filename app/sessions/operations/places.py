"""How many places a training session has, and by which rules they are given."""

from dataclasses import asdict, dataclass

from app.access.actor import Actor
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.seats.promoting import fill
from app.sessions.operations.seats.telling import settle
from app.sessions.rules import SiteKind, WaitingPolicy


@dataclass(frozen=True, kw_only=True)
class Places:
    """The settings of the places of a training session; days are working days before the first half-day."""

    capacity_in_person: int
    capacity_virtual: int
    waiting_policy: WaitingPolicy = WaitingPolicy.FIRST_COME
    offer_hours: int = 48
    needs_approval: bool = True
    most_per_factory: int | None = None
    least_people: int | None = None
    names_due_days: int | None = None
    cut_off_days: int | None = None


def change_places(actor: Actor, training_id: int, places: Places) -> list[Seat]:
    """Change how many places there are and how they are given. Answers the seats that got one.

    Where there are more places, each goes to whoever is next in line. Where there are fewer than are held nobody loses
    a seat: no more are given until there is room. Raises NotFound, Refused for places without a site.
    """
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    refuse_unless_open(training)
    _refuse_homeless(training, places)
    for name, value in asdict(places).items():
        setattr(training, name, value)
    audit.record(actor, "sessions.change_places", f"training:{training.id}", **asdict(places))
    promoted = fill(training)
    settle(actor, training, promoted)
    return promoted


def _refuse_homeless(training: TrainingSession, places: Places) -> None:
    kinds = {site.kind for site in training.sites}
    if places.capacity_in_person and SiteKind.VENUE not in kinds:
        raise Refused(_("There is no training room for these places."))
    if places.capacity_virtual and not kinds & {SiteKind.FACTORY_ROOM, SiteKind.REMOTE}:
        raise Refused(_("Nobody can join this training session by link. Write 0 places."))
    if not places.capacity_in_person and not places.capacity_virtual:
        raise Refused(_("There must be at least one place."))
