"""A late answer counts after all, or stays apart."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.regrading.operations.loading import hold_attempt, refuse_who_may_not
from app.quizzes.regrading.operations.single import refuse_without_answers, regrade


def decide_late(actor: Actor, training_id: int, late_id: int, *, counts: bool, why: str) -> LateAnswer:
    """Decide whether a late answer counts. When it does it takes the place of the saved one, which is kept beside it,
    and the attempt is graded anew; deciding otherwise later puts the saved one back. The same again changes nothing.

    Raises NotFound for whoever may not, Refused when the answers are not kept any more.
    """
    refuse_who_may_not(actor, training_id)
    attempt = hold_attempt(training_id, _attempt_of(late_id))
    late = db.session.get_one(LateAnswer, late_id, populate_existing=True)
    if late.counts is counts:
        return late
    refuse_without_answers(attempt)
    if counts:
        _take_over(actor, attempt, late)
    elif late.counts:
        _put_back(late)
    late.counts, late.decided_by, late.decided_at, late.decided_why = counts, actor.account_id, now(), why
    audit.record(actor, "quizzes.decide_late", f"attempt:{attempt.id}", late_answer=late.id, counts=counts)
    regrade(actor, attempt, f"late_answer:{late.id}")
    return late


def _attempt_of(late_id: int) -> int:
    attempt_id = db.session.scalar(sa.select(LateAnswer.attempt_id).where(LateAnswer.id == late_id))
    if attempt_id is None:
        raise NotFound
    return attempt_id


def _take_over(actor: Actor, attempt: Attempt, late: LateAnswer) -> None:
    """Of several late answers to one question the one that was decided last counts."""
    saved = _saved(late)
    if saved is None:
        saved = Answer(attempt_id=attempt.id, question_id=late.question_id, choice=[], revision=0)
        db.session.add(saved)
    late.replaced = list(saved.choice)
    saved.choice, saved.revision, saved.saved_at = late.choice, saved.revision + 1, now()
    saved.account_id = actor.account_id


def _put_back(late: LateAnswer) -> None:
    """Give its place back to what it replaced. Where another was counted after it, that one now replaces that."""
    standing = db.session.scalars(
        sa.select(LateAnswer)
        .where(
            LateAnswer.attempt_id == late.attempt_id, LateAnswer.question_id == late.question_id,
            LateAnswer.counts.is_(True),
        )
        .order_by(LateAnswer.decided_at, LateAnswer.id)
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip
    above = next(iter(standing[standing.index(late) + 1 :]), None)
    if above is not None:
        if above.replaced == late.choice:  # else the person has answered anew in between
            above.replaced = late.replaced
        return
    saved = _saved(late)
    if saved is not None and saved.choice == late.choice:
        saved.choice, saved.revision, saved.saved_at = late.replaced or [], saved.revision + 1, now()


def _saved(late: LateAnswer) -> Answer | None:
    return db.session.scalar(
        sa.select(Answer).where(Answer.attempt_id == late.attempt_id, Answer.question_id == late.question_id)
    )
