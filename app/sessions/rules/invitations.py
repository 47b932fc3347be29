"""Who should hold which entry in the calendar, and what must be said so that it becomes true."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from app.sessions.rules.states import Modality, SiteKind

Key = TypeVar("Key", bound=Hashable)


class Change(StrEnum):
    """What a calendar must be asked (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Place:
    """A site as a guest needs to know it."""

    kind: SiteKind
    name: str


@dataclass(frozen=True)
class Guest:
    """Somebody with an address who has a part in a half-day, and the sites where he or his people join it.

    `home` is the zone in which he lives, None where nobody knows. Who interprets is told as much as who teaches.
    """

    address: str
    name: str
    language: str
    home: str | None
    teaches: bool
    places: frozenset[Place]

    def joins_remotely(self, modality: Modality) -> bool:
        """Whether the guest needs the link of a meeting of this modality."""
        if modality is Modality.HYBRID:
            return self.teaches or any(place.kind is not SiteKind.VENUE for place in self.places)
        return modality is Modality.VIRTUAL

    def place_names(self, modality: Modality, venues: Collection[str]) -> list[str]:
        """Where to go: in person all to a venue, else to the sites that hold this guest; a phone is no place."""
        own = {place.name for place in self.places if place.kind is SiteKind.VENUE}
        if modality is Modality.IN_PERSON:
            return sorted(own or venues)
        rooms = {place.name for place in self.places if place.kind is SiteKind.FACTORY_ROOM}
        return sorted(rooms if modality is Modality.VIRTUAL else rooms | own)


def merged(guests: Iterable[Guest]) -> list[Guest]:
    """One guest for each address, the first one's name and language, with the places and tasks of all."""
    found: dict[str, Guest] = {}
    for guest in guests:
        known = found.get(guest.address)
        found[guest.address] = guest if known is None else replace(
            known, teaches=known.teaches or guest.teaches, places=known.places | guest.places
        )
    return list(found.values())


def place_at(site: Place, used: Collection[Place]) -> Place:
    """Where somebody of this site joins a half-day that uses only some sites: there, at another of its kind, or alone.

    Who would be in the room goes to the half-day's room; who joins by link can do so from anywhere.
    """
    if site in used:
        return site
    rooms = sorted((place for place in used if place.kind is SiteKind.VENUE), key=lambda place: place.name)
    return rooms[0] if site.kind is SiteKind.VENUE and rooms else Place(SiteKind.REMOTE, "")


def later(now: datetime, before: datetime | None) -> datetime:
    """The moment for the DTSTAMP of a mail: now in whole seconds, but at least one after the mail before."""
    stamp = now.replace(microsecond=0)
    return stamp if before is None else max(stamp, before.replace(microsecond=0) + timedelta(seconds=1))


def changes(wanted: Mapping[Key, Mapping[str, Any]], told: Mapping[Key, Mapping[str, Any]]) -> dict[Key, Change]:
    """What makes the calendars right: nothing where a recipient was already told exactly what is wanted.

    `told` is empty for an entry that was cancelled; it can be asked for again.
    """
    asked = {key: Change.REQUEST for key, facts in wanted.items() if told.get(key) != facts}
    gone = {key: Change.CANCEL for key, facts in told.items() if facts and key not in wanted}
    return {**asked, **gone}
