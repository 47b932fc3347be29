"""Contexts of the pages about quizzes before and after training sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.courses.rules import QuizPhase
from app.platform.web import Page
from app.quizzes.followups.labels import ASKED, PHASES, STAGES
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.queries import Row, Standing
from app.quizzes.followups.rules import Asked, Stage
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class FollowUpsPage(Page):
    """Planned quizzes of one stage, page by page."""

    template: ClassVar[str] = "quizzes/followups/followups.html"
    rows: Sequence[Row]
    stage: Stage
    number: int
    has_more: bool
    stages: Mapping[Stage, Any] = field(default_factory=lambda: STAGES)
    phases: Mapping[QuizPhase, Any] = field(default_factory=lambda: PHASES)


@dataclass(frozen=True)
class FollowUpPage(Page):
    """Who has answered one of them, who has not, and who is not asked."""

    template: ClassVar[str] = "quizzes/followups/followup.html"
    training: TrainingSession
    plan: QuizPlan
    row: Row
    people: Sequence[Standing]
    phases: Mapping[QuizPhase, Any] = field(default_factory=lambda: PHASES)
    words: Mapping[Asked, tuple[Any, str]] = field(default_factory=lambda: ASKED)
