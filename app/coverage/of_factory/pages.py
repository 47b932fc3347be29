"""Contexts of the pages of one factory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from app.coverage.forms import FilterForm
from app.coverage.of_factory.labels import LABELS, Labels
from app.coverage.of_factory.letters import Letter
from app.coverage.of_factory.reading import Body, Head, Row
from app.coverage.queries import Required
from app.coverage.rules import Group, last_day
from app.factories.models import Factory, Line
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel
from app.sessions.service.pages import LABELS as SERVICE
from app.sessions.wording import WORDS, Words


@dataclass(frozen=True)
class FactoryPage(Page):
    template: ClassVar[str] = "coverage/of_factory/factory.html"
    factory: Factory
    form: FilterForm
    on: date | None
    head: Head
    rows: Sequence[Row]
    bodies: Sequence[Body]
    coming: Sequence[Any]
    panels: Sequence[Panel]
    may_plan: bool
    may_ask: bool
    sees_committees: bool
    sees_headcount: bool
    words: Words = WORDS
    labels: Labels = LABELS
    service: Any = SERVICE


@dataclass(frozen=True)
class PeoplePage(Page):
    template: ClassVar[str] = "coverage/of_factory/people.html"
    factory: Factory
    requirement: Required
    group: Group
    counts: Mapping[Group, int]
    chosen: Mapping[str, Any]
    """What the address asks for beside the group, to ask for it again."""
    offered_parts: Sequence[str | None]
    sees_parts: bool
    line: Line | None
    people: Slice[Any]
    seats: Mapping[int, Any]
    on: date | None
    day: date
    may_plan: bool
    previous_url: str
    next_url: str
    words: Words = WORDS
    labels: Labels = LABELS
    last_day: Callable[[datetime, str], date] = last_day


@dataclass(frozen=True)
class LinesPage(Page):
    template: ClassVar[str] = "coverage/of_factory/lines.html"
    factory: Factory
    requirement: Required
    lines: Sequence[Any]
    is_unit: bool
    on: date | None
    labels: Labels = LABELS


@dataclass(frozen=True)
class LetterPage(Page):
    template: ClassVar[str] = "coverage/of_factory/letter.html"
    factory: Factory
    letter: Letter
    only: str
