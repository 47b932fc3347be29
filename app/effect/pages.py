"""Contexts of the pages of this room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.effect import labels
from app.effect.behaviour.queries import Outside
from app.effect.models import EffectResult, WeekFile
from app.effect.plots import Bar
from app.effect.points import points
from app.effect.showing import EffectShown
from app.effect.stored import Kept
from app.effect.summary import ItemShown, Kind
from app.factories.models import Programme
from app.factories.pages import Frame
from app.platform.web import Page
from app.quizzes.surveys.labels import PHASES


@dataclass(frozen=True)
class FilePage(Page):
    template: ClassVar[str] = "effect/file.html"
    frame: Frame
    form: Any


@dataclass(frozen=True)
class FoundPage(Page):
    """What is in a file; `problems` are the first of those that there are."""

    template: ClassVar[str] = "effect/found.html"
    frame: Frame
    found: WeekFile
    kept: Kept
    lines: int
    is_of_another: bool
    problems: Sequence[Any]
    problem: Any
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class TrainingPage(Page):
    template: ClassVar[str] = "effect/training.html"
    frame: Frame
    form: Any


@dataclass(frozen=True)
class TrainingsPage(Page):
    """A file of trainings is wanted; `problems` are the rows for which one was refused."""

    template: ClassVar[str] = "effect/trainings.html"
    frame: Frame
    form: Any
    problems: Sequence[Any] = ()
    problem: Any = labels.problem
    fields: Mapping[str, Any] = field(default_factory=lambda: labels.FIELDS)


@dataclass(frozen=True)
class Looked:
    """A programme looked at in the three ways."""

    programme: Programme
    knowledge: Kind
    behaviour: Kind
    workers: Sequence[ItemShown]
    outside: Sequence[Outside]
    lines: EffectShown | None
    lines_bar: Bar | None
    has_weeks: bool
    is_comparing: bool
    may_compare: bool


@dataclass(frozen=True)
class EffectPage(Page):
    """A programme, where the actor sees one as a whole, and each factory."""

    template: ClassVar[str] = "effect/effect.html"
    form: Any
    looked: Looked | None
    factories: Sequence[tuple[EffectResult, EffectShown]]
    per_cent: Any = labels.per_cent
    points: Any = points
    phases: Mapping[Any, Any] = field(default_factory=lambda: PHASES)
