"""Contexts of the pages of regrading."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from app.platform.i18n.formats import format_span
from app.platform.web import Page
from app.quizzes.explained import Explained
from app.quizzes.models import Question
from app.quizzes.queries import QuizState
from app.quizzes.regrading import labels
from app.quizzes.regrading.forms import ConfirmForm, DecideForm, HandForm, WhyForm
from app.quizzes.regrading.key_forms import KeyForm
from app.quizzes.regrading.queries.late import KeptAnswer
from app.quizzes.regrading.queries.people import InProgramme
from app.quizzes.regrading.queries.previews import Preview
from app.quizzes.regrading.queries.questions import KeyEntry, Listed, QuizUnit
from app.quizzes.regrading.queries.sat import GradeEntry, Reopened, Sat
from app.quizzes.regrading.queries.waiting import Given, OpenAnswer, Waiting
from app.quizzes.regrading.rules import MOST_SHOWN, STEPS, steps_of_share
from app.quizzes.rules import AttemptState, Late
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class QuestionsPage(Page):
    """The questions of a quiz, and which of them have another key than was published."""

    template: ClassVar[str] = "quizzes/regrading/questions.html"
    quiz: QuizUnit
    questions: Sequence[Listed]
    kinds: Mapping[str, Any] = field(default_factory=lambda: labels.KINDS)


@dataclass(frozen=True)
class KeyPage(Page):
    """One question: what is right, the form that changes it, its history. `form` is None where it has none, `picture`
    is what is kept of its picture.
    """

    template: ClassVar[str] = "quizzes/regrading/key.html"
    quiz: QuizUnit
    question: Question
    right: Explained
    picture: Mapping[str, Any] | None
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


@dataclass(frozen=True)
class AttemptsPage(Page):
    """All attempts at a quiz of a training session."""

    template: ClassVar[str] = "quizzes/regrading/attempts.html"
    training: TrainingSession
    quiz: QuizState
    attempts: Sequence[Sat]
    states: Mapping[AttemptState, tuple[Any, str]] = field(default_factory=lambda: labels.STATES)


@dataclass(frozen=True)
class AttemptPage(Page):
    """One attempt: how it stands, the grades that it had, the way to open it again."""

    template: ClassVar[str] = "quizzes/regrading/attempt.html"
    training: TrainingSession
    quiz: QuizState
    sat: Sat
    history: Sequence[GradeEntry]
    reopenings: Sequence[Reopened]
    form: WhyForm
    states: Mapping[AttemptState, tuple[Any, str]] = field(default_factory=lambda: labels.STATES)
    about: Mapping[str, Any] = field(default_factory=lambda: labels.ABOUT)


@dataclass(frozen=True)
class GradingPage(Page):
    """What waits for a person in a quiz."""

    template: ClassVar[str] = "quizzes/regrading/grading.html"
    training: TrainingSession
    quiz: QuizState
    waiting: Waiting


@dataclass(frozen=True)
class AnswerPage(Page):
    """One answer, read without knowing whose it is unless that was asked for. `given` are earlier grades of it."""

    template: ClassVar[str] = "quizzes/regrading/answer.html"
    training: TrainingSession
    quiz: QuizState
    answer: OpenAnswer
    asked: Explained
    given: Sequence[Given]
    left: int
    after: int | None
    shows_name: bool
    form: HandForm
    steps: int = STEPS
    steps_of: Callable[[Decimal], int] = steps_of_share


@dataclass(frozen=True)
class LatePage(Page):
    """Answers that came too late. `chosen` is the one whose form was sent wrong."""

    template: ClassVar[str] = "quizzes/regrading/late.html"
    training: TrainingSession
    quiz: QuizState
    answers: Sequence[KeptAnswer]
    said: Callable[[KeptAnswer, Sequence[str] | None], Explained]
    form: DecideForm
    chosen: int | None
    span: Callable[[timedelta], str] = format_span
    reasons: Mapping[Late, Any] = field(default_factory=lambda: labels.LATE)
