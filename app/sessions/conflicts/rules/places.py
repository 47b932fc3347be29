"""Rooms, links, host accounts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal, SiteAsked, place_name
from app.sessions.conflicts.rules.found import Conflict, Kind
from app.sessions.conflicts.rules.known import Known, Thing
from app.sessions.conflicts.rules.saying import at_once, clash
from app.sessions.conflicts.rules.times import days_of
from app.sessions.rules import Modality, SiteKind

Found = Iterator[Conflict]


def rooms(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A room of the register is used at the time."""
    for site in half_day.rooms:
        for other in at_once(half_day, known.in_rooms.get(site.room_id or 0, ())):
            yield clash(Kind.ROOM_BUSY, half_day, site.room_id, other, room=_room(known, site).name)


def venues(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A room that was only named is named for another half-day of the programme at the time."""
    for site in half_day.venues:
        if site.room_id is None:
            for other in at_once(half_day, known.at_venues.get(place_name(site.name), ())):
                yield clash(Kind.VENUE_BUSY, half_day, "venue", other, room=site.name)


def small(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """More places are offered in person than the training rooms hold, or more people sit in a factory's room."""
    places = [_room(known, site).places for site in half_day.venues]
    held = sum(each or 0 for each in places)
    if places and None not in places and held < proposal.capacity_in_person:
        names = ", ".join(site.name for site in half_day.venues)
        facts: dict[str, Any] = {"room": names, "places": held, "people": proposal.capacity_in_person}
        yield clash(Kind.ROOM_SMALL, half_day, f"venue {held} {proposal.capacity_in_person}", **facts)
    sitting = Counter(taker.site_id for taker in known.takers)
    for site in half_day.rooms:
        room, people = _room(known, site), sitting[site.site_id or 0]
        if site.kind is SiteKind.FACTORY_ROOM and room.places is not None and room.places < people:
            facts = {"room": room.name, "places": room.places, "people": people}
            yield clash(Kind.ROOM_SMALL, half_day, f"{site.room_id} {room.places} {people}", **facts)


def links(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """The host account opens another meeting at the time, or the same link is used for one."""
    if half_day.modality is Modality.IN_PERSON:
        return
    hosted = list(at_once(half_day, known.hosting.get(half_day.host_id or 0, ())))
    for other in hosted:
        name = _thing(known.hosts, half_day.host_id).name
        yield clash(Kind.HOST_BUSY, half_day, half_day.host_id, other, host=name)
    told = {other.meeting_id for other in hosted}
    for other in at_once(half_day, known.linked.get(half_day.join_url or "", ())):
        if other.meeting_id not in told:
            yield clash(Kind.LINK_BUSY, half_day, "link", other)


def gone(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """What the register no longer offers on that day."""
    [day, *_] = days_of(half_day, known.zone)
    used = [("room", site.room_id, known.rooms) for site in half_day.rooms]
    used += [("interpreter", number, known.interpreters) for number in sorted(half_day.interpreter_ids)]
    if half_day.modality is not Modality.IN_PERSON:
        used.append(("host", half_day.host_id, known.hosts))
    for what, number, things in used:
        thing = _thing(things, number)
        if _is_over(thing.until, day):
            yield clash(Kind.NOT_IN_USE, half_day, f"{what} {number}", name=thing.name, since=thing.until)


def _is_over(until: date | None, day: date) -> bool:
    return until is not None and until <= day


def _room(known: Known, site: SiteAsked) -> Thing:
    return _thing(known.rooms, site.room_id)


def _thing(things: Mapping[int, Thing], number: int | None) -> Thing:
    return things.get(number or 0, Thing(""))
