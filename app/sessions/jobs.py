"""What the clock does with seats."""

from collections.abc import Sequence

from app.platform.clock import now
from app.platform.jobs import Done, enqueue
from app.sessions.operations import invitations, seats
from app.sessions.queries import clearing


def find_ended_offers() -> Done:
    """By the clock, each minute: one job for each training session in which an offer has ended."""
    found, minute = clearing.with_ended_offers(), f"{now():%Y-%m-%dT%H:%M}"
    return Done(lambda: _enqueue(found, minute))


def find_deadlines() -> Done:
    """By the clock, each hour: one job for each training session in which something may be due today."""
    found, hour = clearing.with_deadlines(), f"{now():%Y-%m-%dT%H}"
    return Done(lambda: _enqueue(found, hour))


def clear_seats(training_id: int) -> Done:
    """Do what is due with the seats of one training session."""
    return Done(lambda: seats.clear(training_id))


def settle_calendars(training_id: int) -> Done:
    """Make the calendars of one training session right after somebody's address has changed."""
    return Done(lambda: invitations.settle_anew(training_id))


def _enqueue(found: Sequence[int], when: str) -> None:
    for training_id in found:
        enqueue("sessions.clear_seats", dedupe=f"sessions.clear_seats:{training_id}:{when}", training_id=training_id)
