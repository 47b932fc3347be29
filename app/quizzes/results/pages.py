"""Contexts of the pages of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.courses.models import Unit
from app.courses.rules import QuizPhase
from app.factories.labels import SEXES
from app.platform.i18n.languages import LANGUAGES
from app.platform.web import Page
from app.quizzes.queries import QuizState
from app.quizzes.results import labels
from app.quizzes.results.analysis import Analysis
from app.quizzes.results.forms import FilterForm
from app.quizzes.results.gains import GainView
from app.quizzes.results.one import AnswerRow, LateRow
from app.quizzes.results.plots import Dumbbells, Histogram, Scatter
from app.quizzes.results.queries import OneAttempt, Picked
from app.sessions.models import TrainingSession

OWN_NAMES = {code: language.own_name for code, language in LANGUAGES.items()}
"""Languages of questions as they call themselves: more than those of the site."""


@dataclass(frozen=True)
class AnalysisPage(Page):
    """How the questions of a quiz work."""

    template: ClassVar[str] = "quizzes/results/analysis.html"
    picked: Picked
    unit: Unit
    form: FilterForm
    found: Analysis
    scatter: Scatter
    histogram: Histogram
    flags: Mapping[Any, Any] = field(default_factory=lambda: labels.FLAGS)
    sexes: Mapping[Any, Any] = field(default_factory=lambda: SEXES)
    own_names: Mapping[str, str] = field(default_factory=lambda: OWN_NAMES)


@dataclass(frozen=True)
class GainPage(Page):
    """What the same people knew before and after."""

    template: ClassVar[str] = "quizzes/results/gain.html"
    picked: Picked
    form: FilterForm
    views: Sequence[tuple[QuizPhase, GainView, Dumbbells]]
    has_both: bool
    phases: Mapping[Any, Any] = field(default_factory=lambda: labels.PHASES)
    changes: Mapping[Any, Any] = field(default_factory=lambda: labels.CHANGES)


@dataclass(frozen=True)
class AttemptPage(Page):
    """One attempt of one person; `answers` is None while nobody asked to read them."""

    template: ClassVar[str] = "quizzes/results/attempt.html"
    training: TrainingSession
    quiz: QuizState
    attempt: OneAttempt
    answers: Sequence[AnswerRow] | None
    late: Sequence[LateRow]
    states: Mapping[Any, Any] = field(default_factory=lambda: labels.STATES)
    modes: Mapping[Any, Any] = field(default_factory=lambda: labels.MODES)
    why_late: Mapping[Any, Any] = field(default_factory=lambda: labels.LATE)
    own_names: Mapping[str, str] = field(default_factory=lambda: OWN_NAMES)
