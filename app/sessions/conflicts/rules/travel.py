"""Between two places on one day."""

from collections.abc import Iterator, Mapping

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal, place_name
from app.sessions.conflicts.rules.found import Conflict, Kind, Other
from app.sessions.conflicts.rules.known import Busy, Known, Spot, Teacher, Thing
from app.sessions.conflicts.rules.saying import clash
from app.sessions.conflicts.rules.times import minutes_between


def travel(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Iterator[Conflict]:
    """A trainer or an interpreter has less time from one place to another than the way takes."""
    here = _spots(half_day, known)
    if not here:
        return
    teachers = [(f"t{number}", number, _named(known.teachers, number)) for number in sorted(proposal.trainer_ids)]
    helpers = [(f"i{each}", each, _named(known.interpreters, each)) for each in sorted(half_day.interpreter_ids)]
    for people, busy in ((teachers, known.teaching), (helpers, known.interpreting)):
        for subject, number, name in people:
            yield from _hurried(known, half_day, here, subject, name, busy, number)
    yield from _own(proposal, known, half_day, here)


def needed(one: frozenset[Spot], other: frozenset[Spot], near: int, far: int) -> int:
    """Minutes of the way: none between equal places, the long one between provinces that are known to differ."""
    if not one or not other or {spot.name for spot in one} & {spot.name for spot in other}:
        return 0
    provinces = [{place_name(spot.province) for spot in spots} for spots in (one, other)]
    are_known = all("" not in each for each in provinces)
    return far if are_known and not provinces[0] & provinces[1] else near


def _hurried(
    known: Known, half_day: HalfDayAsked, here: frozenset[Spot], subject: str, name: str, busy: Busy, number: int
) -> Iterator[Conflict]:
    for other in busy.get(number, ()):
        there = known.spots.get(other.meeting_id, frozenset())
        gap = minutes_between(half_day, other)
        minutes = needed(here, there, known.travel_near, known.travel_far)
        if 0 <= gap < minutes:
            yield clash(Kind.TRAVEL, half_day, subject, other, who=name, gap=int(gap), needed=minutes)


def _own(proposal: Proposal, known: Known, half_day: HalfDayAsked, here: frozenset[Spot]) -> Iterator[Conflict]:
    """From the half-day before, when the same training session is somewhere else then."""
    for before in proposal.half_days:
        gap = minutes_between(before, half_day)
        minutes = needed(here, _spots(before, known), known.travel_near, known.travel_far)
        if before.starts_at < half_day.starts_at and 0 <= gap < minutes:
            other = Other(
                0, proposal.training_id or 0, before.starts_at, before.ends_at, before.starts, before.ends, before.zone
            )
            yield clash(Kind.TRAVEL, half_day, "own", other, who=None, gap=int(gap), needed=minutes)


def _spots(half_day: HalfDayAsked, known: Known) -> frozenset[Spot]:
    rooms = [(site, known.rooms.get(site.room_id or 0)) for site in half_day.venues]
    return frozenset(Spot(place_name(site.name), room.province if room else "") for site, room in rooms)


def _named(things: Mapping[int, Teacher] | Mapping[int, Thing], number: int) -> str:
    found = things.get(number)
    return found.name if found else ""
