"""Contexts of the pages of regrading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.platform.web import Page
from app.quizzes.explained import Explained
from app.quizzes.models import Question
from app.quizzes.regrading import labels
from app.quizzes.regrading.forms import ConfirmForm
from app.quizzes.regrading.key_forms import KeyForm
from app.quizzes.regrading.queries.people import InProgramme
from app.quizzes.regrading.queries.previews import Preview
from app.quizzes.regrading.queries.questions import KeyEntry, Listed, QuizUnit
from app.quizzes.regrading.rules import MOST_SHOWN


@dataclass(frozen=True)
class QuestionsPage(Page):
    """The questions of a quiz, and which of them have another key than was published."""

    template: ClassVar[str] = "quizzes/regrading/questions.html"
    quiz: QuizUnit
    questions: Sequence[Listed]
    kinds: Mapping[str, Any] = field(default_factory=lambda: labels.KINDS)


@dataclass(frozen=True)
class KeyPage(Page):
    """One question: what is right, the form that changes it, its history. `form` is None where it has none."""

    template: ClassVar[str] = "quizzes/regrading/key.html"
    quiz: QuizUnit
    question: Question
    right: Explained
    is_withdrawn: bool
    form: KeyForm | None
    history: Sequence[KeyEntry]


@dataclass(frozen=True)
class PreviewPage(Page):
    """Who would be graded otherwise, before it is so. `sent` are the fields of the new key as they were sent."""

    template: ClassVar[str] = "quizzes/regrading/preview.html"
    quiz: QuizUnit
    question: Question
    before: Explained | None
    after: Explained | None
    found: Preview
    programmes: Sequence[InProgramme]
    sent: Sequence[tuple[str, str]]
    form: ConfirmForm
    most: int = MOST_SHOWN
