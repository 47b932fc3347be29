"""Contexts of the pages of reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.platform.web import Page
from app.reports.definitions import DEFINITIONS
from app.reports.forms import ReportForm
from app.reports.labels import EARLIER, OVERLAP, SECTIONS, SPLITS, against, apart, costs_by, money, told
from app.reports.reading import Report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator


@dataclass(frozen=True)
class Telling:
    """How templates say figures."""

    definitions: Mapping[Any, Any] = field(default_factory=lambda: DEFINITIONS)
    splits: Mapping[Any, Any] = field(default_factory=lambda: SPLITS)
    sections: Sequence[Any] = SECTIONS
    money: Callable[[int, str], str] = money
    costs_by: Callable[[Any], str] = costs_by
    overlap: Any = OVERLAP
    earlier: Any = EARLIER
    apart: Callable[[Any], str] = apart
    told: Callable[[Figure], str] = told
    against: Callable[[Figure], str] = against


TELLING = Telling()


@dataclass(frozen=True)
class RowsPart:
    """Values of a split that are rows: those of this page, of so many."""

    values: Sequence[str]
    total: int
    number: int
    pages: int
    previous_url: str
    next_url: str
    clear_url: str
    """The same without what was looked for; empty where nothing was."""


@dataclass(frozen=True)
class ReportPage(Page):
    """The indicators of a period."""

    template: ClassVar[str] = "reports/report.html"
    form: ReportForm
    report: Report | None
    split: Split
    values: Sequence[str]
    asked: Mapping[str, str]
    """What the address asks for, without the split."""
    rows: RowsPart | None = None
    telling: Telling = TELLING


@dataclass(frozen=True)
class BehindPage(Page):
    """What a figure counts, one by one."""

    template: ClassVar[str] = "reports/behind.html"
    indicator: Indicator
    figure: Figure
    name: str
    rows: Sequence[Any]
    columns: Sequence[Any]
    tops: Sequence[tuple[Any, str, bool]]
    """All, and those that are counted: words, address, whether it is this page."""
    report: Report
    asked: Mapping[str, str]
    address: Mapping[str, str]
    number: int
    previous_url: str
    next_url: str
    telling: Telling = TELLING
