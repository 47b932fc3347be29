"""Contexts of the pages of line productivity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.effect import labels
from app.effect.models import EffectResult, WeekFile
from app.effect.showing import EffectShown
from app.effect.stored import Kept
from app.factories.models import Programme
from app.factories.pages import Frame
from app.platform.web import Page


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
class EffectPage(Page):
    """Everywhere that the actor sees: programmes as wholes, and each factory."""

    template: ClassVar[str] = "effect/effect.html"
    programmes: Sequence[tuple[Programme, EffectShown | None, bool]]
    factories: Sequence[tuple[EffectResult, EffectShown]]
    may_compare: frozenset[int]
    per_cent: Any = labels.per_cent
