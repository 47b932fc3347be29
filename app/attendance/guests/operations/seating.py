"""A seat for somebody who was met as a guest."""

from app.access.actor import Actor
from app.attendance.guests.models import Guest
from app.factories.models import Employment, Factory
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import operations as sessions
from app.sessions import policy
from app.sessions import queries as trainings
from app.sessions.models import TrainingSession
from app.sessions.queries.nominating import present_factories, sites_for
from app.sessions.rules import SeatState


def seat(actor: Actor, training: TrainingSession, guest: Guest, person_id: int) -> bool:
    """See to it that the person has a booked seat: a walk-in of the factory where the person works now. Answers whether
    there was none. The caller holds the training session and the person, and has changed nothing yet.

    Raises NotFound for people whom the actor cannot add, Refused when nobody can be added.
    """
    known = trainings.seat_of(training.id, person_id)
    if known is not None and known.state is SeatState.BOOKED:
        return False
    factory = _factory(actor, training, guest, person_id)
    sites = [site.id for site in sites_for(training, factory)]
    if not sites:
        raise NotFound
    site_id = guest.site_id if guest.site_id in sites else sites[0]
    sessions.walk_in(actor, training.id, factory, person_id, site_id)
    return True


def give_back(actor: Actor, training: TrainingSession, person_id: int) -> None:
    """Take back a seat that somebody got by mistake, where the actor may."""
    known = trainings.seat_of(training.id, person_id)
    if known and known.state is SeatState.BOOKED and policy.may_withdraw(actor, training, known.factory_id):
        sessions.withdraw(actor, training.id, known.id)


def _factory(actor: Actor, training: TrainingSession, guest: Guest, person_id: int) -> Factory:
    """The guest's own factory first. Raises NotFound where the person works at none whose people the actor adds."""
    here = {factory.id: factory for factory in present_factories(actor, training)}
    works = db.session.query(Employment.factory_id).filter(
        Employment.person_id == person_id, Employment.ended_on.is_(None), Employment.factory_id.in_(here)
    )
    found = sorted((factory_id for (factory_id,) in works), key=lambda each: (each != guest.factory_id, each))
    if not found:
        raise NotFound
    return here[found[0]]
