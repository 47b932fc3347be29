"""How somebody joins a half-day, and from where. Pure."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from app.sessions.rules.states import Modality, SiteKind


class Joined(Protocol):
    """Where people join from."""

    @property
    def kind(self) -> SiteKind: ...
    @property
    def factory_id(self) -> int | None: ...


Place = TypeVar("Place", bound=Joined)


def modality_at(meeting: Modality, own: Modality, there: Modality | None = None) -> Modality:
    """How somebody joins a half-day. Only where both ways are open does the seat decide, or its exception `there`."""
    return (there or own) if meeting is Modality.HYBRID else meeting


def site_at(meeting: Modality, own: Place, there: Place | None, sites: Sequence[Place], factory_id: int) -> Place:
    """From where somebody of a factory joins a half-day, given the sites that it uses.

    As the seat says, or its exception `there`, while that site is used and the half-day is held so. Where everybody
    meets in person it is the training room, where everybody joins by link the room of the own factory, else alone.
    Without such a site it is that of the seat.
    """
    wanted = (there or own) if meeting is Modality.HYBRID else own
    modality = wanted.kind.modality if meeting is Modality.HYBRID else meeting
    if wanted in sites and wanted.kind.modality is modality:
        return wanted
    rooms = [site for site in sites if site.kind.modality is modality and site.factory_id in {None, factory_id}]
    return min(rooms, key=lambda site: site.kind is not SiteKind.FACTORY_ROOM, default=wanted)
