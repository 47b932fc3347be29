"""A factory names its people."""

from collections.abc import Collection

from app.access.actor import Actor
from app.factories.models import Factory
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.states import is_over
from app.sessions.queries.nominating import employed, sites_for
from app.sessions.rules import SeatState, TrainingState


def nominate(
    actor: Actor, training_id: int, factory: Factory, person_ids: Collection[int], site_id: int
) -> int:
    """Request seats for people of a factory, joining from one site; answer how many are new.

    Who has a seat already keeps it as it is; who was withdrawn is requested again. Raises NotFound for people or sites
    of others, Refused when the training session takes nobody any more.
    """
    training = hold(actor, training_id)
    if not policy.takes(training, factory) or not policy.may_nominate(
        actor, training.programme_id, factory.id
    ):
        raise NotFound
    refuse_unless_open(training)
    if training.state is TrainingState.DRAFT:
        raise Refused(_("This is a draft. Announce it first."))
    if is_over(training):
        raise Refused(_("This training session is over. Nobody was nominated."))
    site = _site(training, factory, site_id)
    wanted = set(person_ids)
    if employed(factory.id, wanted) != wanted:
        raise NotFound
    new = sum(_request(training, factory, site, person_id) for person_id in sorted(wanted))
    audit.record(actor, "sessions.nominate", f"training:{training.id}", factory=factory.id, people=sorted(wanted))
    return new


def _site(training: TrainingSession, factory: Factory, site_id: int) -> Site:
    found = next((site for site in sites_for(training, factory) if site.id == site_id), None)
    if found is None:
        raise NotFound
    return found


def _request(training: TrainingSession, factory: Factory, site: Site, person_id: int) -> bool:
    """One seat a person, by a unique constraint; a second request finds the first."""
    values = {
        "factory_id": factory.id,
        "site_id": site.id,
        "modality": site.kind.modality,
        "state": SeatState.REQUESTED,
        "place": None,
        "requested_at": now(),
        "settled_at": None,
    }
    statement = (
        insert(Seat)
        .values(training_id=training.id, person_id=person_id, **values)
        .on_conflict_do_update(
            index_elements=["training_id", "person_id"], set_=values, where=Seat.state == SeatState.WITHDRAWN
        )
        .returning(Seat.id)
    )
    return db.session.scalar(statement) is not None
