"""Contexts of the pages of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from app.factories.models import Programme
from app.platform.web import Page
from app.sessions.planner.queries.frame import Choices, Frame, PlanFilter
from app.sessions.planner.queries.half_days import About, HalfDay
from app.sessions.planner.queries.load import TrainerLoad
from app.sessions.planner.rules import Day, Span, View
from app.sessions.planner.wording import VIEWS
from app.sessions.rules import Standing
from app.sessions.wording import WORDS, Words


@dataclass(frozen=True)
class NothingPage(Page):
    template: ClassVar[str] = "sessions/planner/nothing.html"


@dataclass(frozen=True)
class CalendarPage(Page):
    template: ClassVar[str] = "sessions/planner/calendar.html"
    frame: Frame
    chosen: PlanFilter
    values: Mapping[str, Any]
    """The filter as the parts of an address."""
    choices: Choices
    day: date
    within: Span
    days: Sequence[Day[HalfDay]]
    about: Mapping[int, About]
    places: Mapping[int, Sequence[Any]]
    trainers: Mapping[int, Sequence[str]]
    undated: Sequence[Any]
    before: date
    after: date
    own_account: int | None
    """The account of a trainer who looks, for the way to the own half-days."""
    standings: Mapping[Standing, tuple[str, str]]
    """The words for how a training session stands, said once, and their kind."""
    views: Mapping[View, Any] = field(default_factory=lambda: VIEWS)
    words: Words = WORDS

    @property
    def weeks(self) -> list[Sequence[Day[HalfDay]]]:
        return [self.days[start : start + 7] for start in range(0, len(self.days), 7)]

    def context(self) -> dict[str, Any]:
        return {**super().context(), "weeks": self.weeks}


@dataclass(frozen=True)
class LoadPage(Page):
    template: ClassVar[str] = "sessions/planner/load.html"
    programme: Programme
    programmes: Sequence[Programme]
    view: View
    day: date
    within: Span
    rows: Sequence[TrainerLoad]
    most: float
    """Hours of whoever has most to do: the length of a whole bar."""
    values: Mapping[str, Any]
    before: date
    after: date
    today: date
    views: Mapping[View, Any] = field(default_factory=lambda: {view: VIEWS[view] for view in (View.MONTH, View.WEEK)})
