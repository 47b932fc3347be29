"""What a person has reached in a quiz of a training session, attempt by attempt."""

from fractions import Fraction

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.queries.paper import paper_shares
from app.quizzes.rules import AttemptState


def shares_reached(training_id: int, unit_id: int, person_id: int) -> list[Fraction]:
    """The shares (0..1) of the graded attempts in their order, then the best score that was counted on paper."""
    return all_shares_reached(training_id, unit_id, person_id).get(person_id, [])


def all_shares_reached(training_id: int, unit_id: int, person_id: int | None = None) -> dict[int, list[Fraction]]:
    """The same of everybody, by person. Two statements."""
    statement = sa.select(Attempt.person_id, Attempt.score, Attempt.max_score).where(
        Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.state == AttemptState.GRADED
    )
    if person_id is not None:
        statement = statement.where(Attempt.person_id == person_id)
    reached: dict[int, list[Fraction]] = {}
    for row in db.session.execute(statement.order_by(Attempt.number)):
        reached.setdefault(row.person_id, []).append(Fraction(row.score or 0) / Fraction(row.max_score or 1))
    for who, share in paper_shares(training_id, unit_id, person_id).items():
        reached.setdefault(who, []).append(share)
    return reached
