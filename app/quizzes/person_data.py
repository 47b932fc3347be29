"""What quizzes hold of a person."""

from typing import Any

import sqlalchemy as sa

from app.factories.merging.rows import Rows, Tables
from app.platform.db import Base
from app.quizzes.models import (
    Answer,
    Attempt,
    AttemptReopening,
    GradeChange,
    LateAnswer,
    ManualGrade,
    PaperScore,
    QuizAllowance,
)
from app.quizzes.sheets.models import PaperEntry


def _of_attempt(model: type[Base], attempt_id: Any) -> Rows:
    """What belongs to an attempt stays with it."""
    whose = sa.select(Attempt.person_id).where(Attempt.id == attempt_id).scalar_subquery()
    return Rows(model, whose, moves=False)


_PAPER = (PaperEntry.training_id, PaperEntry.unit_id)
"""What was typed of one test stays together: of two people at most one has a paper that waits."""


class QuizzesData(Tables):
    """The attempts at one quiz stay together, and answers with their attempt."""

    tables = (
        Rows(Attempt, Attempt.person_id, (Attempt.training_id, Attempt.unit_id), training=Attempt.training_id),
        Rows(QuizAllowance, QuizAllowance.person_id, (QuizAllowance.training_id, QuizAllowance.unit_id)),
        _of_attempt(Answer, Answer.attempt_id),
        _of_attempt(LateAnswer, LateAnswer.attempt_id),
        _of_attempt(ManualGrade, ManualGrade.attempt_id),
        _of_attempt(GradeChange, GradeChange.attempt_id),
        _of_attempt(AttemptReopening, AttemptReopening.attempt_id),
        Rows(PaperScore, PaperScore.person_id, training=PaperScore.training_id),
        Rows(PaperEntry, PaperEntry.person_id, _PAPER, training=PaperEntry.training_id),
    )


PERSON_DATA = QuizzesData()
