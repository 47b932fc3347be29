"""Contexts of the attendance pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.forms import MarkForm
from app.attendance.guests.queries import Row
from app.attendance.labels import WORDS, Words, marker_words
from app.attendance.queries import Act
from app.attendance.queries.live import Live
from app.attendance.queries.register import Line, Register
from app.attendance.queries.roll_call import RollCall
from app.attendance.rules import Mark, Standing, new_mark_id
from app.attendance.sheets.queries import Shot
from app.platform.web import Page
from app.platform.web.panels import Panel
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS as SITES

FIRST = (Mark.PRESENT, Mark.LATE, Mark.ABSENT)
"""Marks with a button of their own; the others lie behind "more"."""
OTHERS = tuple(mark for mark in Mark if mark not in FIRST)


@dataclass(frozen=True)
class RollCallPage(Page):
    """`hindered` says why nobody can be marked, or is None; `q` is what was searched for; with `is_waiting` only those
    are shown of whom nobody has said anything; `arriving` is the mark of whoever comes now; `closing` whether the actor
    can close the roll call.
    """

    template: ClassVar[str] = "attendance/roll_call.html"
    meeting: Meeting
    found: RollCall
    hindered: Any
    q: str
    is_waiting: bool
    panels: Sequence[Panel]
    arriving: Mark
    closing: bool
    words: Words = WORDS
    first: Sequence[Mark] = FIRST
    others: Sequence[Mark] = OTHERS
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class LivePart(Page):
    """What others have marked since a page was loaded."""

    template: ClassVar[str] = "attendance/live.htmx.html"
    meeting: Meeting
    live: Live
    hindered: Any
    q: str
    is_waiting: bool
    arriving: Mark
    words: Words = WORDS
    first: Sequence[Mark] = FIRST
    others: Sequence[Mark] = OTHERS
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class HistoryPage(Page):
    """`shots` are the photos of the signed sheet, where a mark rests on it."""

    template: ClassVar[str] = "attendance/history.html"
    meeting: Meeting
    seat: Seat
    acts: Sequence[Act]
    disputed: Sequence[Act]
    form: MarkForm
    hindered: Any
    shots: Sequence[Shot]
    words: Words = WORDS
    marker_words: Callable[[str], str] = marker_words
    new_mark_id: Callable[[], str] = new_mark_id


@dataclass(frozen=True)
class RegisterPage(Page):
    """`lines` are those of the register that the filter lets through; `unknown` are people who were there and whom
    nobody has found in the register of any factory yet, for who takes the roll.
    """

    template: ClassVar[str] = "attendance/register.html"
    training: TrainingSession
    register: Register
    lines: Sequence[Line]
    chosen: Standing | None
    may_mark: bool
    unknown: Sequence[Row] = ()
    words: Words = WORDS
    standings: Sequence[Standing] = tuple(Standing)
    legend: Sequence[Mark] = tuple(Mark)
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)
