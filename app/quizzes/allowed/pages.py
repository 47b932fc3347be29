"""The page of what people are allowed in a quiz."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.platform.web import Page
from app.quizzes.allowed.forms import AllowanceForm
from app.quizzes.allowed.queries import Allowed
from app.quizzes.queries import QuizState
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class AllowancesPage(Page):
    """What was allowed, and the form for more."""

    template: ClassVar[str] = "quizzes/allowed/allowances.html"
    training: TrainingSession
    quiz: QuizState
    allowances: Sequence[Allowed]
    form: AllowanceForm
