"""Who gets a place that becomes free. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.sessions.rules.states import WaitingPolicy


@dataclass(frozen=True)
class Waiting:
    """A seat on the waiting list. `since` is when it came there; `rank` the order that somebody decided, if any."""

    seat_id: int
    factory_id: int
    since: datetime
    rank: int | None = None


class Step(StrEnum):
    """Where somebody on a list that is put in order by hand goes."""

    FIRST = "first"
    UP = "up"
    DOWN = "down"


def line(policy: WaitingPolicy, waiting: Sequence[Waiting], holding: Mapping[int, int]) -> list[Waiting]:
    """The waiting list in the order in which places are given, if no other seat changes meanwhile.

    `holding` says how many places each factory has. By hand: those with a rank first, the others in the order of
    coming. Fair share: each time whoever waits longest of the factory with the fewest places, which has one more then.
    """
    if policy is WaitingPolicy.MANUAL:
        return sorted(waiting, key=_by_hand)
    by_time = sorted(waiting, key=_by_time)
    if policy is not WaitingPolicy.FAIR_SHARE:
        return by_time
    counts, ordered = dict(holding), []
    while by_time:
        following = min(by_time, key=lambda seat: counts.get(seat.factory_id, 0))
        counts[following.factory_id] = counts.get(following.factory_id, 0) + 1
        by_time.remove(following)
        ordered.append(following)
    return ordered


def next_in_line(policy: WaitingPolicy, waiting: Sequence[Waiting], holding: Mapping[int, int]) -> Waiting | None:
    """Whoever gets the next place, or None when nobody waits."""
    return next(iter(line(policy, waiting, holding)), None)


def moved(order: Sequence[int], seat_id: int, step: Step) -> list[int]:
    """The same list with one of it moved; at the end of the list it stays."""
    at = order.index(seat_id)
    to = {Step.FIRST: 0, Step.UP: max(0, at - 1), Step.DOWN: min(len(order) - 1, at + 1)}[step]
    others = [each for each in order if each != seat_id]
    return [*others[:to], seat_id, *others[to:]]


def _by_time(seat: Waiting) -> tuple[datetime, int]:
    return seat.since, seat.seat_id


def _by_hand(seat: Waiting) -> tuple[bool, int, datetime, int]:
    return seat.rank is None, seat.rank or 0, *_by_time(seat)
