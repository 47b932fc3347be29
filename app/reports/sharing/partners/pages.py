"""The page of partners."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from app.platform.web import Page
from app.reports.labels import Words
from app.reports.rules.facts import Split
from app.reports.rules.period import Span
from app.reports.sharing.labels import period, told
from app.reports.sharing.partners.counting import Counted
from app.reports.sharing.partners.forms import PeriodForm
from app.reports.sharing.partners.labels import TEXTS, TITLES, WHY, unsaid


@dataclass(frozen=True)
class AggregatesPage(Page):
    """Programmes in numbers: all that a partner ever sees."""

    template: ClassVar[str] = "reports/sharing/aggregates.html"
    form: PeriodForm
    span: Span
    programmes: Sequence[str]
    counted: Counted | None
    """None where nothing is in sight."""
    counted_on: date
    """By the walls of the programmes: the latest, where these differ."""
    words: Words
    splits: Sequence[Split]
    titles: Mapping[Any, Any] = field(default_factory=lambda: TITLES)
    texts: Mapping[Any, Any] = field(default_factory=lambda: TEXTS)
    why: Mapping[Any, Any] = field(default_factory=lambda: WHY)
    told: Callable[[Any], str] = told
    period: Callable[[Span], str] = period
    unsaid: Callable[[int], str] = unsaid

    def values(self, split: Split) -> list[str]:
        """Values of a split, as people expect them."""
        return self.words.order(split, self.counted.values(split)) if self.counted else []


@dataclass(frozen=True)
class PrintedPage(AggregatesPage):
    """The same on paper."""

    template: ClassVar[str] = "reports/sharing/aggregates_printed.html"
