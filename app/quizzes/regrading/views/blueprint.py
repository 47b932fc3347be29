"""The blueprint of the pages of one training session, and what they all load."""

from flask import g

from app.access.permissions import Permission
from app.platform.refusal import NotFound
from app.platform.web import Blueprint
from app.quizzes import queries
from app.quizzes.policy import may_grade
from app.quizzes.queries import QuizState
from app.sessions.models import TrainingSession
from app.sessions.queries import training_for

bp = Blueprint("grading", __name__)
MAY = Permission.QUIZZES_GRADE
QUIZ = "/sessions/<int:training_id>/quizzes/<int:unit_id>"
ATTEMPT = "/sessions/<int:training_id>/attempts/<int:attempt_id>"


def training_to_grade(training_id: int) -> TrainingSession:
    """The training session, for who may grade in it. Raises NotFound."""
    training = training_for(g.actor, training_id)
    if not may_grade(g.actor, training):
        raise NotFound
    return training


def loaded(training_id: int, unit_id: int) -> tuple[TrainingSession, QuizState]:
    """The same, with a quiz of it."""
    training = training_to_grade(training_id)
    return training, queries.quiz_state(training, unit_id)
