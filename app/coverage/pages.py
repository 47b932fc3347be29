"""Contexts of the coverage pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.coverage.forms import FilterForm
from app.coverage.numbers import FactoryNumbers
from app.coverage.queries import Required
from app.coverage.rules import Figure
from app.coverage.table import Row
from app.platform.web import Page


@dataclass(frozen=True)
class CoveragePage(Page):
    template: ClassVar[str] = "coverage/coverage.html"
    form: FilterForm
    courses: Sequence[Required]
    rows: Sequence[Row]
    whole: Figure
    sexes: Mapping[Any, Any]
    on: date | None
    number: int
    previous_url: str
    next_url: str
    may_plan: bool
    may_see_certificates: bool


@dataclass(frozen=True)
class GroupPage(Page):
    template: ClassVar[str] = "coverage/group.html"
    rows: Sequence[FactoryNumbers]
    roles: Mapping[Any, Any]
