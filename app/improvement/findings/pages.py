"""Contexts of the pages of findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.models import Factory, Programme
from app.improvement.findings.models import Finding, FindingImport
from app.improvement.findings.queries import FindingFilter
from app.improvement.findings.rules import Effect, Said
from app.improvement.findings.showing import WORDS, Words
from app.improvement.findings.stored import Kept
from app.improvement.findings.training import Recommendation
from app.platform.web import Page
from app.platform.web.paging import Slice

Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FindingsPage(Page):
    template: ClassVar[str] = "improvement/findings/findings.html"
    slice: Slice[Finding]
    chosen: FindingFilter
    values: Mapping[str, str]
    """What the address asks for."""
    programmes: Sequence[Programme]
    may_import: bool
    previous_url: str
    next_url: str
    words: Words = WORDS


@dataclass(frozen=True)
class FindingPage(Page):
    template: ClassVar[str] = "improvement/findings/finding.html"
    factory: Factory
    found: Finding
    history: Sequence[Finding]
    training: Sequence[Recommendation]
    titles: Titles
    words: Words = WORDS


@dataclass(frozen=True)
class FilePage(Page):
    template: ClassVar[str] = "improvement/findings/file.html"
    form: Any
    columns: Any
    """Which column is which, once headings were not understood."""
    files: Sequence[Any]
    zone: str
    words: Words = WORDS


@dataclass(frozen=True)
class FoundPage(Page):
    """What a file would change, or has changed. `rows` are the first of those that change something, `problems` the
    first of those that there are."""

    template: ClassVar[str] = "improvement/findings/found.html"
    found: FindingImport
    kept: Kept
    effects: Mapping[str, int]
    by_factory: Sequence[tuple[Factory, Mapping[Effect, int]]]
    more_factories: int
    rows: Sequence[tuple[Said, Effect]]
    names: Mapping[int, Factory]
    problems: Sequence[Any]
    zone: str
    problem: Any
    fields: Mapping[str, Any]
    words: Words = WORDS
