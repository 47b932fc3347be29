"""Who should hold which entry in the calendar, and what must be said so that it becomes true."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
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
    """Somebody with an address who has a part in a training session, and the sites where he or his people join."""

    address: str
    name: str
    language: str
    teaches: bool
    places: frozenset[Place]

    def joins_remotely(self, modality: Modality) -> bool:
        """Whether the guest needs the link of a meeting of this modality."""
        if modality is Modality.HYBRID:
            return self.teaches or any(place.kind is not SiteKind.VENUE for place in self.places)
        return modality is Modality.VIRTUAL

    def place_names(self, modality: Modality, venues: list[str]) -> list[str]:
        """Where to go: in person all to the venue, else to the sites that hold this guest; a phone is no place."""
        if modality is Modality.IN_PERSON:
            return sorted(venues)
        rooms = {SiteKind.FACTORY_ROOM} if modality is Modality.VIRTUAL else {SiteKind.VENUE, SiteKind.FACTORY_ROOM}
        return sorted(place.name for place in self.places if place.kind in rooms)


def merged(guests: Iterable[Guest]) -> list[Guest]:
    """One guest for each address, the first one's name and language, with the places and tasks of all."""
    found: dict[str, Guest] = {}
    for guest in guests:
        known = found.get(guest.address, guest)
        found[guest.address] = replace(
            known, teaches=known.teaches or guest.teaches, places=known.places | guest.places
        )
    return list(found.values())


def changes(wanted: Mapping[Key, Mapping[str, Any]], told: Mapping[Key, Mapping[str, Any]]) -> dict[Key, Change]:
    """What makes the calendars right: nothing where a recipient was already told exactly what is wanted.

    `told` is empty for an entry that was cancelled; it can be asked for again.
    """
    asked = {key: Change.REQUEST for key, facts in wanted.items() if told.get(key) != facts}
    gone = {key: Change.CANCEL for key, facts in told.items() if facts and key not in wanted}
    return {**asked, **gone}
