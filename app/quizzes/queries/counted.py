"""What a person has reached in a quiz of a training session, attempt by attempt."""

from fractions import Fraction

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.queries.paper import paper_shares
from app.quizzes.rules import AttemptState


def shares_reached(training_id: int, unit_id: int, person_id: int) -> list[Fraction]:
    """The shares (0..1) of the graded attempts in their order, then the best score that was counted on paper."""
    rows = db.session.execute(
        sa.select(Attempt.score, Attempt.max_score)
        .where(
            Attempt.training_id == training_id,
            Attempt.unit_id == unit_id,
            Attempt.person_id == person_id,
            Attempt.state == AttemptState.GRADED,
        )
        .order_by(Attempt.number)
    )
    graded = [Fraction(row.score or 0) / Fraction(row.max_score or 1) for row in rows]
    return [*graded, *paper_shares(training_id, unit_id, person_id).values()]
