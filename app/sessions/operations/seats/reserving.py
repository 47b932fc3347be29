"""Seats that a factory reserves now and names people for later."""

from app.access.actor import SYSTEM, Actor
from app.factories.models import Factory
from app.platform import audit
from app.platform.i18n import _, ngettext
from app.platform.refusal import Refused
from app.sessions import policy
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.operations.seats.loading import seat_of_person, site_for, to_ask
from app.sessions.operations.seats.moving import ask, hand_on, move, remember
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.seating import ASKING, capacity, held_by_factory, taken, unnamed
from app.sessions.rules import HOLDING, SeatState, TrainingState
from app.sessions.rules.places import free_place


def reserve(actor: Actor, training_id: int, factory: Factory, site_id: int, count: int) -> list[Seat]:
    """Reserve so many seats for a factory, without names; what does not fit goes to the waiting list: see the states.

    Raises NotFound, and Refused for more than there are or the factory may have, and when it is too late.
    """
    training = to_ask(actor, training_id, factory)
    site = site_for(training, factory, site_id)
    _refuse_late(actor, training, factory)
    _refuse_too_many(training, factory, site, count)
    seats = [ask(actor, training, site, factory.id, None, SeatState.WAIT_LISTED) for _each in range(count)]
    occupied, total = taken(training, site.kind.modality), capacity(training, site.kind.modality)
    for seat in seats:
        place = free_place(occupied, total)
        if place is None:
            break
        move(actor, seat, SeatState.RESERVED, place=place)
        occupied.add(place)
    audit.record(actor, "sessions.reserve", f"training:{training.id}", factory=factory.id, seats=count)
    settle(actor, training, seats)
    return seats


def refuse_beyond_share(training: TrainingSession, factory: Factory, more: int) -> None:
    """Raises Refused when a factory would have more seats than one factory may have here."""
    most = training.most_per_factory
    has = held_by_factory(training.id, ASKING)[factory.id]
    if most is not None and has + more > most:
        sentence = ngettext(
            "A factory can have %(num)s seat here, and yours has %(has)s already. Ask for fewer.",
            "A factory can have %(num)s seats here, and yours has %(has)s already. Ask for fewer.",
            most,
            has=has,
        )
        raise Refused(str(sentence))


def refuse_after_cut_off(actor: Actor, training: TrainingSession, factory: Factory) -> None:
    """Raises Refused when a factory can ask no more; whoever settles seats still can."""
    if training.cut_off_days is None or policy.may_settle_seats(actor, training):
        return
    if Calendar(training).deadlines(factory).is_cut_off:
        raise Refused(_("It is too late to ask for seats. Talk to the trainer."))


def name(actor: Actor, training: TrainingSession, site: Site, seat: Seat, person_id: int) -> Seat:
    """Give a seat without a name to a person, who has it as it is: held, or the turn on the waiting list. The site is
    of the same kind.

    Somebody who had a seat here once gets it into that row: there is one for each person.
    """
    seat.site_id = site.id
    earlier = seat_of_person(training, person_id)
    if earlier is None:
        seat.person_id = person_id
        if seat.state is SeatState.RESERVED:
            move(actor, seat, SeatState.BOOKED, place=seat.place)
        else:
            remember(actor, seat, seat.state)
        return seat
    return _name_again(actor, seat, earlier)


def _name_again(actor: Actor, seat: Seat, earlier: Seat) -> Seat:
    place, rank, since, is_held = seat.place, seat.rank, seat.settled_at, seat.state in HOLDING
    hand_on(seat, earlier)
    move(actor, seat, SeatState.WITHDRAWN)
    earlier.factory_id, earlier.site_id, earlier.modality = seat.factory_id, seat.site_id, seat.modality
    if is_held:
        move(actor, earlier, SeatState.BOOKED, place=place)
    else:
        move(actor, earlier, SeatState.WAIT_LISTED)
        earlier.rank, earlier.settled_at = rank, since
    return earlier


def release_unnamed(training: TrainingSession) -> list[Seat]:
    """Give the seats free for which a factory named nobody in time and was warned; answers them. The caller
    holds the training session and gives the places to whoever is next in line.
    """
    if is_over(training) or training.state is TrainingState.POSTPONED:
        return []
    calendar = Calendar(training)
    due = [seat for seat in unnamed(training.id) if calendar.end_names(seat.factory)]
    for seat in due:
        move(SYSTEM, seat, SeatState.RELEASED)
    return due


def _refuse_late(actor: Actor, training: TrainingSession, factory: Factory) -> None:
    if is_over(training):
        raise Refused(_("This training session is over. Nothing was reserved."))
    refuse_after_cut_off(actor, training, factory)
    if Calendar(training).deadlines(factory).are_names_due:
        raise Refused(_("It is too late for seats without a name. Nominate people by name."))


def _refuse_too_many(training: TrainingSession, factory: Factory, site: Site, count: int) -> None:
    total = capacity(training, site.kind.modality)
    already = sum(seat.modality is site.kind.modality for seat in unnamed(training.id, [factory.id]))
    if count < 1:
        raise Refused(_("Say how many seats."))
    if already + count > total:
        sentence = ngettext(
            "There is %(num)s place of this kind in all. Reserve fewer.",
            "There are %(num)s places of this kind in all. Reserve fewer.",
            total,
        )
        raise Refused(str(sentence))
    refuse_beyond_share(training, factory, count)
