"""Taking hold of a seat before changing it."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Factory
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.queries.nominating import sites_for
from app.sessions.rules import TrainingState


def to_settle(actor: Actor, training_id: int) -> TrainingSession:
    """A training session whose seats the actor may settle. Raises NotFound, Refused when it cannot change any more."""
    training = hold(actor, training_id)
    if not policy.may_settle_seats(actor, training):
        raise NotFound
    refuse_unless_open(training)
    return training


def to_speak(actor: Actor, training_id: int, seat_id: int) -> tuple[TrainingSession, Seat]:
    """A seat about which the actor may speak: of the own factory, or any for who settles seats. Raises NotFound,
    Refused when the training session cannot change any more.
    """
    training = hold(actor, training_id)
    seat = seat_of(training, seat_id)
    if not policy.may_withdraw(actor, training, seat.factory_id):
        raise NotFound
    refuse_unless_open(training)
    return training, seat


def to_ask(actor: Actor, training_id: int, factory: Factory) -> TrainingSession:
    """A training session in which the actor may ask for seats of a factory. Raises NotFound, Refused."""
    training = hold(actor, training_id)
    if not policy.takes(training, factory) or not policy.may_nominate(actor, training.programme_id, factory.id):
        raise NotFound
    refuse_unless_open(training)
    if training.state is TrainingState.DRAFT:
        raise Refused(_("This is a draft. Announce it first."))
    return training


def seat_of(training: TrainingSession, seat_id: int) -> Seat:
    """A seat of this training session. Raises NotFound."""
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat.training_id != training.id:
        raise NotFound
    return seat


def seat_of_person(training: TrainingSession, person_id: int) -> Seat | None:
    """The one seat of a person here, whatever became of it."""
    return db.session.scalar(
        sa.select(Seat).where(Seat.training_id == training.id, Seat.person_id == person_id)
    )


def site_for(training: TrainingSession, factory: Factory, site_id: int) -> Site:
    """A site from which people of this factory can join. Raises NotFound."""
    found = next((site for site in sites_for(training, factory) if site.id == site_id), None)
    if found is None:
        raise NotFound
    return found
