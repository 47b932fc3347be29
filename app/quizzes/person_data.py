"""What quizzes hold of a person."""

import sqlalchemy as sa

from app.factories.merging.rows import Rows, Tables
from app.quizzes.models import Answer, Attempt, PaperScore

_WHOSE = sa.select(Attempt.person_id).where(Attempt.id == Answer.attempt_id).scalar_subquery()


class QuizzesData(Tables):
    """The attempts at one quiz stay together, and answers with their attempt."""

    tables = (
        Rows(Attempt, Attempt.person_id, (Attempt.training_id, Attempt.unit_id), training=Attempt.training_id),
        Rows(Answer, _WHOSE, moves=False),
        Rows(PaperScore, PaperScore.person_id, training=PaperScore.training_id),
    )


PERSON_DATA = QuizzesData()
