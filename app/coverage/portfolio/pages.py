"""Context of the portfolio."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.coverage.portfolio.forms import PortfolioForm
from app.coverage.portfolio.labels import LABELS, Labels
from app.coverage.portfolio.reading import Row
from app.coverage.portfolio.seminars import Grid
from app.coverage.queries import Required
from app.platform.web import Page


@dataclass(frozen=True)
class PortfolioPage(Page):
    template: ClassVar[str] = "coverage/portfolio/portfolio.html"
    form: PortfolioForm
    is_filtered: bool
    values: Mapping[str, str]
    columns: Sequence[Required]
    groups: Sequence[tuple[Any, int]]
    """What neighbouring columns have in common, and how many they are."""
    rows: Sequence[Row]
    on: date | None
    number: int
    previous_url: str
    next_url: str
    may_plan: bool
    may_see_certificates: bool
    sees_programmes: bool
    sees_service: bool
    sees_committees: bool
    labels: Labels = LABELS


@dataclass(frozen=True)
class SeminarsPage(Page):
    template: ClassVar[str] = "coverage/portfolio/seminars.html"
    found: Grid
