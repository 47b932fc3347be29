"""Contexts of the pages about people at the door."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.guests.forms import AT_THE_DOOR, NewPersonForm, UnknownForm
from app.attendance.guests.labels import STATES
from app.attendance.guests.queries import Candidate, Row
from app.attendance.guests.rules import GuestState
from app.attendance.labels import WORDS, Words
from app.attendance.queries import Known
from app.attendance.rules import Mark, new_mark_id
from app.platform.web import Page
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS as SITES


@dataclass(frozen=True)
class DoorPage(Page):
    """`hindered` says why nobody can be marked, or is None; `has_searched` is false where it would find everybody."""

    template: ClassVar[str] = "attendance/guests/door.html"
    meeting: Meeting
    found: Sequence[Candidate]
    form: UnknownForm
    sites: Sequence[Site]
    site_id: int
    q: str
    has_searched: bool
    hindered: Any
    marks: Sequence[Mark] = AT_THE_DOOR
    words: Words = WORDS
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class GuestsPage(Page):
    template: ClassVar[str] = "attendance/guests/guests.html"
    training: TrainingSession
    meetings: Sequence[Meeting]
    rows: Sequence[Row]
    words: Words = WORDS
    states: Mapping[GuestState, Any] = field(default_factory=lambda: STATES)


@dataclass(frozen=True)
class GuestPage(Page):
    """A guest beside the people who it may be, each with the marks of the half-days."""

    template: ClassVar[str] = "attendance/guests/guest.html"
    training: TrainingSession
    row: Row
    meetings: Sequence[Meeting]
    found: Sequence[Candidate]
    known: Mapping[tuple[int, int], Known]
    q: str
    new: NewPersonForm | None
    """None where the actor enters nobody into a register."""
    hindered: Any
    words: Words = WORDS
    states: Mapping[GuestState, Any] = field(default_factory=lambda: STATES)
