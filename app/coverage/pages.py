"""Contexts of the coverage pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from app.coverage.forms import FilterForm
from app.coverage.numbers import FactoryNumbers
from app.coverage.queries import Required
from app.coverage.rules import Figure, Group, last_day
from app.coverage.table import Cell, Row
from app.factories.models import Factory
from app.platform.web import Page
from app.platform.web.paging import Slice


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


@dataclass(frozen=True)
class FactoryCoveragePage(Page):
    template: ClassVar[str] = "coverage/factory.html"
    factory: Factory
    cells: Sequence[Cell]
    cell: Cell | None
    group: Group
    sex: str
    counted: Figure | None
    people: Slice[Any] | None
    sexes: Mapping[Any, Any]
    one_sex: Mapping[Any, Any]
    roles: Mapping[Any, Any]
    on: date | None
    previous_url: str
    next_url: str
    last_day: Callable[[datetime, str], date] = last_day
