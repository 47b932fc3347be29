"""Contexts of the pages of ambassadors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.ambassadors.forms import AppointForm, ListForm, TermForm
from app.improvement.ambassadors.queries import Listed
from app.lessons.queries import Logged
from app.platform.web import Page


@dataclass(frozen=True)
class Words:
    """What states, paces and kinds are called."""

    kinds: Mapping[Any, Any]
    states: Mapping[Any, Any]
    paces: Mapping[Any, Any]
    pace_signs: Mapping[Any, str]
    tasks: Mapping[Any, Any]
    task_signs: Mapping[Any, str]


@dataclass(frozen=True)
class AmbassadorsPage(Page):
    template: ClassVar[str] = "improvement/ambassadors/list.html"
    rows: Sequence[Listed]
    form: ListForm
    words: Words
    query: str
    number: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Module:
    """A step of the way: its courses with titles, whether and until when it is done."""

    number: int
    courses: Sequence[tuple[str, Mapping[str, str]]]
    needed: int
    is_done: bool
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class AmbassadorPage(Page):
    """One ambassador. `logs` are those of the tasks that the reader may read, by id."""

    template: ClassVar[str] = "improvement/ambassadors/one.html"
    each: Listed
    modules: Sequence[Module]
    logs: Mapping[int, Logged]
    words: Words
    may_confirm: bool
    is_own: bool
    sees_people: bool
    form: TermForm | None


@dataclass(frozen=True)
class OwnPage(Page):
    """What somebody is an ambassador of."""

    template: ClassVar[str] = "improvement/ambassadors/own.html"
    rows: Sequence[Listed]
    words: Words


@dataclass(frozen=True)
class AppointPage(Page):
    template: ClassVar[str] = "improvement/ambassadors/appoint.html"
    factory: Factory
    form: AppointForm
    words: str
