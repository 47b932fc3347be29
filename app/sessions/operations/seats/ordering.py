"""The order of a waiting list that somebody decides."""

from app.access.actor import Actor
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.models import Seat
from app.sessions.operations.seats.loading import seat_of, to_settle
from app.sessions.queries.seating import waiting_line
from app.sessions.rules import SeatState, WaitingPolicy
from app.sessions.rules.waiting import Step, moved


def put(actor: Actor, training_id: int, seat_id: int, step: Step) -> Seat:
    """Move somebody on a waiting list that is put in order by hand; whoever comes later stands at its end.

    Raises NotFound, Refused for another policy and for whoever waits no more.
    """
    training = to_settle(actor, training_id)
    seat = seat_of(training, seat_id)
    if training.waiting_policy is not WaitingPolicy.MANUAL:
        raise Refused(_("This waiting list is not put in order by hand."))
    if seat.state is not SeatState.WAIT_LISTED:
        raise Refused(_("This seat is not on the waiting list any more. Nothing was changed."))
    order = moved([each.seat_id for each in waiting_line(training, seat.modality)], seat.id, step)
    for rank, each in enumerate(order, 1):
        db.session.get_one(Seat, each).rank = rank
    audit.record(actor, "sessions.order_waiting", f"seat:{seat.id}", step=step.value)
    return seat
