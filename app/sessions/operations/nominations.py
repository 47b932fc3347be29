"""A factory names its people."""

from collections.abc import Collection

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Factory
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.operations.seats.loading import seat_of_person, site_for, to_ask
from app.sessions.operations.seats.moving import ask, move
from app.sessions.operations.seats.reserving import name, refuse_after_cut_off, refuse_beyond_share
from app.sessions.operations.seats.settling import place
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.queries.nominating import employed
from app.sessions.queries.seating import unnamed
from app.sessions.rules import SeatState

_FREE_AGAIN = (SeatState.WITHDRAWN, SeatState.DECLINED)


def nominate(
    actor: Actor, training_id: int, factory: Factory, person_ids: Collection[int], site_id: int
) -> list[Seat]:
    """Ask for seats for people of a factory, joining from one site. Answers the seats that are new, each as it is now.

    The seats that the factory has reserved without a name are theirs first. The others are requested; where nobody has
    to approve they are booked while there is a place, else on the waiting list. Who has a seat already keeps it as it
    is; who was withdrawn or declined is asked for again. Raises NotFound for people or sites of others, Refused when
    the factory can ask no more, or not for so many.
    """
    training = to_ask(actor, training_id, factory)
    if is_over(training):
        raise Refused(_("This training session is over. Nobody was nominated."))
    site = site_for(training, factory, site_id)
    wanted = set(person_ids)
    if employed(factory.id, wanted) != wanted:
        raise NotFound
    new = sorted(wanted - _with_seat(training, wanted))
    nameless = [seat for seat in unnamed(training.id, [factory.id]) if seat.modality is site.kind.modality]
    _refuse_unless_may_ask(actor, training, factory, len(new) - len(nameless))
    named = [name(actor, training, site, *pair) for pair in zip(nameless, new, strict=False)]
    asked = [_ask(actor, training, factory, site, person_id) for person_id in new[len(named) :]]
    audit.record(actor, "sessions.nominate", f"training:{training.id}", factory=factory.id, people=sorted(wanted))
    if moved := [seat for seat in (*named, *asked) if seat.state is not SeatState.REQUESTED]:
        settle(actor, training, moved)
    return [*named, *asked]


def _with_seat(training: TrainingSession, people: Collection[int]) -> set[int]:
    has = sa.select(Seat.person_id).where(
        Seat.training_id == training.id, Seat.person_id.in_(people), Seat.state.not_in(_FREE_AGAIN)
    )
    return set(db.session.scalars(has))


def _refuse_unless_may_ask(actor: Actor, training: TrainingSession, factory: Factory, more: int) -> None:
    if more > 0:
        refuse_after_cut_off(actor, training, factory)
        refuse_beyond_share(training, factory, more)


def _ask(actor: Actor, training: TrainingSession, factory: Factory, site: Site, person_id: int) -> Seat:
    """One seat a person: what was withdrawn once is asked for again."""
    seat = seat_of_person(training, person_id)
    if seat is None:
        seat = ask(actor, training, site, factory.id, person_id, SeatState.REQUESTED)
    else:
        seat.factory_id, seat.site_id, seat.modality = factory.id, site.id, site.kind.modality
        move(actor, seat, SeatState.REQUESTED)
    if not training.needs_approval:
        place(actor, training, seat)
    return seat
