"""What follows when seats have moved: the log, the calendars, and a word to each factory."""

from collections.abc import Sequence
from itertools import groupby

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.sessions.events import SeatsSettled
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations import invitations


def settle(actor: Actor, training: TrainingSession, seats: Sequence[Seat], *, is_swap: bool = False) -> None:
    """Log, invite, and tell each factory once."""
    for seat in seats:
        audit.record(actor, "sessions.settle_seat", f"seat:{seat.id}", state=seat.state.value)
    invitations.settle(training)
    by_factory = sorted(seats, key=lambda seat: (seat.factory_id, seat.id))
    for factory_id, own in groupby(by_factory, key=lambda seat: seat.factory_id):
        publish(SeatsSettled(training.id, factory_id, tuple(seat.id for seat in own), is_swap=is_swap))
