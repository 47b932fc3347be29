"""The one way in which a seat moves: what it becomes, and the row that remembers it."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Seat, SeatAtMeeting, SeatMove, Site, TrainingSession
from app.sessions.rules import HOLDING, SEAT_MOVES, SeatState, may_become


def move(
    actor: Actor, seat: Seat, state: SeatState, *, place: int | None = None, offer_until: datetime | None = None
) -> None:
    """Let a seat become something else. Whoever is on the list already keeps the turn; whoever holds no place any more
    joins no half-day in a way of its own.

    Raises LookupError for a move that the table of moves does not know: verbs ask before.
    """
    before = seat.state
    if not may_become(SEAT_MOVES, before, state):
        raise LookupError(f"seat {seat.id} cannot become {state} from {before}")
    seat.state, seat.place, seat.offer_until = state, place, offer_until
    seat.rank = seat.reason = None
    seat.settled_at = None if state is SeatState.REQUESTED else now()
    if state is SeatState.REQUESTED:
        seat.requested_at = now()
    if state not in HOLDING:
        seat.is_walk_in = False
        db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id == seat.id))
    remember(actor, seat, before)


def ask(
    actor: Actor, training: TrainingSession, site: Site, factory_id: int, person_id: int | None, state: SeatState
) -> Seat:
    """A seat that was not there before, without a place: requested or on the waiting list."""
    seat = Seat(
        training_id=training.id,
        factory_id=factory_id,
        person_id=person_id,
        site_id=site.id,
        modality=site.kind.modality,
        state=state,
        requested_at=now(),
        settled_at=None if state is SeatState.REQUESTED else now(),
    )
    db.session.add(seat)
    remember(actor, seat, None)
    return seat


def hand_on(seat: Seat, instead: Seat) -> None:
    """Whoever gets the place joins single half-days as the one before did: others may have the place there."""
    here = SeatAtMeeting.seat_id == seat.id
    db.session.execute(sa.update(SeatAtMeeting).where(here).values(seat_id=instead.id))


def remember(actor: Actor, seat: Seat, before: SeatState | None) -> None:
    """Write down what a seat became, and for whom it now is."""
    db.session.flush()  # the move needs the id of the seat, and the unique constraint has the last word on a place
    move = SeatMove(
        seat_id=seat.id,
        at=now(),
        account_id=actor.account_id,
        before=before,
        after=seat.state,
        person_id=seat.person_id,
    )
    db.session.add(move)
