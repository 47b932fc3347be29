"""What verbs about one attempt take hold of."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Attempt
from app.quizzes.policy import may_grade
from app.sessions.queries import training_for


def refuse_who_may_not(actor: Actor, training_id: int) -> None:
    """Raises NotFound for who may not grade in this training session."""
    if not may_grade(actor, training_for(actor, training_id)):
        raise NotFound


def hold_attempt(training_id: int, attempt_id: int) -> Attempt:
    """An attempt of a training session, which nobody else changes until the transaction ends. Raises NotFound."""
    attempt = db.session.scalar(
        sa.select(Attempt)
        .where(Attempt.id == attempt_id, Attempt.training_id == training_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFound
    return attempt
