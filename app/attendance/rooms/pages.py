"""Contexts of the pages about factory rooms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.guests.forms import AT_THE_DOOR, UnknownHereForm
from app.attendance.guests.queries import Candidate, Row
from app.attendance.labels import WORDS, Words
from app.attendance.rooms.labels import SOURCES
from app.attendance.rooms.queries import Inside, Summary
from app.attendance.rooms.rules import Connection, Source
from app.attendance.rules import Mark, Tally, new_mark_id
from app.platform.web import Page
from app.sessions.models import Meeting, Site

DECLARED = (Mark.PRESENT, Mark.LATE, Mark.ABSENT)
"""What a factory says of its people."""


@dataclass(frozen=True)
class DeclarationPage(Page):
    """The people of one room, for its factory, and those whom the register does not know yet. `hindered` says why
    nobody can be checked in, or is None.
    """

    template: ClassVar[str] = "attendance/rooms/declaration.html"
    meeting: Meeting
    site: Site
    people: Sequence[Inside]
    tally: Tally
    connection: Connection | None
    hindered: Any
    unknown: Sequence[Row] = ()
    marks: Sequence[Mark] = DECLARED
    words: Words = WORDS
    sources: Mapping[Source, Any] = field(default_factory=lambda: SOURCES)
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class RoomDoorPage(Page):
    """Somebody without a seat in the room of the own factory. `has_searched` is false where it would find everybody."""

    template: ClassVar[str] = "attendance/rooms/door.html"
    meeting: Meeting
    site: Site
    found: Sequence[Candidate]
    form: UnknownHereForm
    q: str
    has_searched: bool
    hindered: Any
    marks: Sequence[Mark] = AT_THE_DOOR
    words: Words = WORDS
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class RoomsPage(Page):
    """The factory rooms of a half-day, for whoever takes the roll. `samples` holds whom to look for, by site."""

    template: ClassVar[str] = "attendance/rooms/rooms.html"
    meeting: Meeting
    rooms: Sequence[Summary]
    samples: Mapping[int, Sequence[Inside]]
    number: int
    hindered: Any
    words: Words = WORDS
    sources: Mapping[Source, Any] = field(default_factory=lambda: SOURCES)
    new_mark_id: Callable[[], str] = new_mark_id
