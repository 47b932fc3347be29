"""Contexts of the pages of diagnostics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.diagnostics.labels import ANSWERS
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer, Form, Need
from app.improvement.findings.showing import WORDS as FINDING_WORDS
from app.improvement.findings.showing import Words
from app.improvement.findings.training import Recommendation
from app.platform.web import Page


@dataclass(frozen=True)
class DiagnosticsPage(Page):
    """The themes, and when the factory looked at each."""

    template: ClassVar[str] = "improvement/diagnostics/factory.html"
    factory: Factory
    themes: Sequence[tuple[str, Sequence[Diagnostic]]]
    may_fill: bool
    words: Words = FINDING_WORDS


@dataclass(frozen=True)
class AskingPage(Page):
    template: ClassVar[str] = "improvement/diagnostics/asking.html"
    factory: Factory
    asked: Form
    form: Any
    words: Words = FINDING_WORDS


@dataclass(frozen=True)
class NeedShown:
    """A need with the recommended training, and the action that is about it already."""

    need: Need
    training: Sequence[Recommendation]
    action_id: int | None


@dataclass(frozen=True)
class ResultPage(Page):
    template: ClassVar[str] = "improvement/diagnostics/result.html"
    factory: Factory
    found: Diagnostic
    asked: Form
    said: Mapping[str, Answer]
    needs: Sequence[NeedShown]
    titles: Mapping[str, Mapping[str, str]]
    may_add: bool
    words: Words = FINDING_WORDS
    answers: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: ANSWERS)
