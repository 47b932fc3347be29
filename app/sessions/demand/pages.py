"""Contexts of the pages of demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.courses.models import CourseVersion
from app.factories.models import Factory, Programme
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.sessions.demand.forms import InterestForm
from app.sessions.demand.models import Interest
from app.sessions.demand.queries import DemandFilter, Wanted
from app.sessions.demand.rules import InterestState
from app.sessions.rules import Modality
from app.sessions.wording import Words


@dataclass(frozen=True)
class AskPage(Page):
    template: ClassVar[str] = "sessions/demand/ask.html"
    version: CourseVersion
    form: InterestForm
    factory: Factory | None
    """The factory that it is about, where the address names one."""
    waiting: Interest | None
    states: Mapping[Any, Any]


@dataclass(frozen=True)
class DemandPage(Page):
    template: ClassVar[str] = "sessions/demand/demand.html"
    sums: Sequence[Wanted]
    slice: Slice[Any]
    chosen: DemandFilter
    values: Mapping[str, str]
    courses: Mapping[str, Mapping[str, str]]
    """Those that somebody wants: code -> titles."""
    programmes: Sequence[Programme]
    language_names: Mapping[str, str]
    previous_url: str
    next_url: str
    states: Mapping[InterestState, tuple[Any, str]]
    modalities: Mapping[Modality, Any]


@dataclass(frozen=True)
class InterestPage(Page):
    template: ClassVar[str] = "sessions/demand/interest.html"
    interest: Interest
    version: CourseVersion
    trainings: Sequence[Any]
    language_names: Mapping[str, str]
    states: Mapping[InterestState, tuple[Any, str]]
    modalities: Mapping[Modality, Any]
    words: Words


