"""Contexts of the pages of periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.models import Programme
from app.platform.web import Page
from app.reports.models import FrozenReport, ReportingPeriod
from app.reports.pages import TELLING, Telling
from app.reports.periods.changes import Adjustment, Changed
from app.reports.periods.forms import PeriodForm, SettingsForm
from app.reports.reading import Report


@dataclass(frozen=True)
class PeriodsPage(Page):
    """All periods, and a new one."""

    template: ClassVar[str] = "reports/periods/periods.html"
    periods: Sequence[ReportingPeriod]
    form: PeriodForm | None
    choosing: Sequence[Programme]
    """Programmes of which the reader says what their reports go by."""


@dataclass(frozen=True)
class PeriodPage(Page):
    """One period: what was told, what is known now, and the difference."""

    template: ClassVar[str] = "reports/periods/period.html"
    period: ReportingPeriod
    frozen: FrozenReport | None
    told: Report | None
    adjustments: Sequence[Adjustment]
    programmes: Sequence[Programme]
    can_freeze: bool
    is_over: bool
    telling: Telling = TELLING


@dataclass(frozen=True)
class ChangesPage(Page):
    """The facts behind one difference."""

    template: ClassVar[str] = "reports/periods/changes.html"
    period: ReportingPeriod
    adjustment: Adjustment
    changed: Changed
    columns: Sequence[Any]
    report: Report
    most: int
    telling: Telling = TELLING


@dataclass(frozen=True)
class SettingsPage(Page):
    """What reports of a programme go by."""

    template: ClassVar[str] = "reports/periods/settings.html"
    programme: Programme
    form: SettingsForm
