"""Contexts of the overview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.labels import WORDS, Words
from app.attendance.overview.queries import Board
from app.attendance.rules import Mark
from app.platform.web import Page
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS as SITES


@dataclass(frozen=True)
class BoardPage(Page):
    """`may_mark` says whether who looks finds the roll call behind a number."""

    template: ClassVar[str] = "attendance/overview/board.html"
    board: Board
    may_mark: bool
    words: Words = WORDS
    marks: Sequence[Mark] = tuple(Mark)
    site_words: Mapping[SiteKind, Any] = field(default_factory=lambda: SITES.site)


@dataclass(frozen=True)
class BoardPart(BoardPage):
    """The same numbers again, for a page that is open."""

    template: ClassVar[str] = "attendance/overview/_board.html"
