"""What a factory is told about a seat that has moved. Pure."""

from enum import StrEnum

from app.sessions.rules.states import SeatState


class News(StrEnum):
    """In the order in which it is told."""

    BOOKED = "booked"
    PROMOTED = "promoted"
    """Booked from the waiting list."""
    COMES_INSTEAD = "comes_instead"
    OFFERED = "offered"
    RESERVED = "reserved"
    NAMED_WAITING = "named_waiting"
    """On the waiting list as before, now with a name."""
    WAIT_LISTED = "wait_listed"
    REQUESTED = "requested"
    REPLACED = "replaced"
    DECLINED = "declined"
    NOT_TAKEN = "not_taken"
    """Offered, and not taken."""
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


_NEWS = {
    (SeatState.WAIT_LISTED, SeatState.BOOKED): News.PROMOTED,
    (SeatState.WAIT_LISTED, SeatState.WAIT_LISTED): News.NAMED_WAITING,
    (SeatState.OFFERED, SeatState.WITHDRAWN): News.NOT_TAKEN,
}
_SWAP = {SeatState.BOOKED: News.COMES_INSTEAD, SeatState.WITHDRAWN: News.REPLACED}


def news(before: SeatState | None, after: SeatState, *, is_swap: bool = False) -> News:
    """What is new, given the state of a seat before its last move and now."""
    if is_swap and after in _SWAP:
        return _SWAP[after]
    return _NEWS[before, after] if before and (before, after) in _NEWS else News(after.value)
