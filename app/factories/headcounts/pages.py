"""Contexts of the headcount pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.headcounts.models import Headcount, HeadcountImport
from app.factories.headcounts.rules import Effect, Said
from app.factories.headcounts.showing import Shown, Words
from app.factories.headcounts.stored import Kept
from app.factories.pages import Frame
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class HeadcountsPage(Page):
    template: ClassVar[str] = "factories/headcounts/headcounts.html"
    frame: Frame
    latest: Shown | None
    employed: int
    """People on the staff list now, to compare with."""
    slice: Slice[Any]
    files: Sequence[Any]
    may_enter: bool
    words: Words
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class HeadcountPage(Page):
    """`others` are further snapshots of the same day."""

    template: ClassVar[str] = "factories/headcounts/headcount.html"
    frame: Frame
    shown: Shown
    counts: bool
    others: Sequence[Headcount]
    words: Words


@dataclass(frozen=True)
class NewHeadcountPage(Page):
    template: ClassVar[str] = "factories/headcounts/new.html"
    frame: Frame
    form: Any
    words: Words


@dataclass(frozen=True)
class FilePage(Page):
    template: ClassVar[str] = "factories/headcounts/file.html"
    frame: Frame
    form: Any
    roles: Mapping[Any, Any]


@dataclass(frozen=True)
class FoundPage(Page):
    """What a file would change, or - once applied - has changed."""

    template: ClassVar[str] = "factories/headcounts/found.html"
    frame: Frame
    found: HeadcountImport
    kept: Kept
    planned: Sequence[tuple[Said, Effect]]
    is_of_another: bool
    """The names in the file are none of the factory's."""
    words: Words
    problem: Any
    fields: Mapping[str, Any]
