"""Contexts of the pages of sheets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.labels import WORDS, Words
from app.attendance.rules import new_mark_id
from app.attendance.sheets.queries import Line, Printable, SheetList, Shot
from app.platform.web import Page
from app.sessions.models import Meeting
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS as SITES


@dataclass(frozen=True)
class SheetsPage(Page):
    """`kept` counts the photos of the half-day; it is None for who may not see them."""

    template: ClassVar[str] = "attendance/sheets/sheets.html"
    meeting: Meeting
    printable: Sequence[Printable]
    kept: int | None
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)


@dataclass(frozen=True)
class SignedPage(Page):
    """`hindered` says why nobody can be marked, or is None; `chosen` is whose row was scanned; `is_all` ticks everybody
    of whom the sheet says nothing yet; `faults` say which photos were not kept, and why.
    """

    template: ClassVar[str] = "attendance/sheets/signed.html"
    meeting: Meeting
    found: SheetList
    shots: Sequence[Shot]
    hindered: Any
    chosen: Line | None = None
    is_all: bool = False
    faults: Sequence[str] = ()
    words: Words = WORDS
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)
    new_id: Callable[[], str] = new_mark_id
