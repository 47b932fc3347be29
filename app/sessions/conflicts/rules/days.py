"""Days and hours on which factories do not come. Weekly rest days are each factory's, never a library's."""

from collections.abc import Iterator

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal
from app.sessions.conflicts.rules.found import Conflict, Kind
from app.sessions.conflicts.rules.known import Known, Mill
from app.sessions.conflicts.rules.saying import clash
from app.sessions.conflicts.rules.times import days_of, touches

Found = Iterator[Conflict]


def rest(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A factory that takes part rests; while none does, the programme."""
    mills = {number: known.mills[number] for number in _factories(known, half_day)}
    for day in days_of(half_day, known.zone):
        for number, mill in (mills or {0: Mill("", known.rest_days)}).items():
            if day.isoweekday() in mill.rest_days:
                yield clash(Kind.REST_DAY, half_day, number, factory=mill.name, day=day)


def _factories(known: Known, half_day: HalfDayAsked) -> list[int]:
    """Those with a seat or a room at one of the sites of the half-day."""
    sites = {site.site_id for site in half_day.sites}
    with_seat = {taker.factory_id for taker in known.takers if taker.site_id in sites}
    return sorted(known.mills.keys() & {*with_seat, *(site.factory_id for site in half_day.sites)})


def holidays(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A holiday of the programme; one that may still move only warns."""
    days = set(days_of(half_day, known.zone))
    for each in known.days_off:
        if each.day in days:
            kind = Kind.HOLIDAY_PROVISIONAL if each.is_provisional else Kind.HOLIDAY
            yield clash(kind, half_day, "all", name=each.name, day=each.day)


def pauses(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A prayer or a meal falls into the half-day."""
    for day in days_of(half_day, known.zone):
        for pause in known.pauses:
            is_on = day.isoweekday() in pause.days
            if is_on and touches(half_day, known.zone, day, pause.starts, pause.ends):
                subject = f"{day} {pause.starts:%H%M}-{pause.ends:%H%M}"
                yield clash(
                    Kind.BREAK, half_day, subject, name=pause.name, from_time=pause.starts, until_time=pause.ends
                )
