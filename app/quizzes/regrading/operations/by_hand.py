"""A person reads an answer and says what it is worth."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes.models import ManualGrade
from app.quizzes.regrading.operations.loading import hold_attempt, refuse_who_may_not
from app.quizzes.regrading.operations.single import refuse_without_answers, regrade
from app.quizzes.regrading.queries.waiting import open_answer
from app.quizzes.regrading.rules import STEPS, share_of_steps


class GradedMeanwhile(Refused):
    """Somebody else graded the answer since the page was shown."""


def grade_answer(
    actor: Actor, training_id: int, unit_id: int, answer_id: int, points: int, *, comment: str = "", seen: int = 0
) -> ManualGrade:
    """Give 0 to `STEPS` points for an open answer. With the last one of an attempt the attempt is graded; afterwards
    its grade changes, and the old one is kept.

    `seen` is the id of the last grade of this answer that the page showed, 0 for none. Raises GradedMeanwhile when
    there is another one by now, Refused for other points, NotFound for whoever may not.
    """
    refuse_who_may_not(actor, training_id)
    answer = open_answer(training_id, unit_id, answer_id)
    attempt = hold_attempt(training_id, answer.attempt_id)
    refuse_without_answers(attempt)
    if not 0 <= points <= STEPS:
        raise Refused(_("Choose the points."))
    if _last(answer.attempt_id, answer.question_id) != seen:
        raise GradedMeanwhile(_("Somebody graded this answer meanwhile. Look at what was given, then decide."))
    given = ManualGrade(
        attempt_id=attempt.id, question_id=answer.question_id, share=share_of_steps(points), comment=comment,
        account_id=actor.account_id, at=now(),
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()  # the grade names it
    audit.record(actor, "quizzes.grade_answer", f"attempt:{attempt.id}", question=answer.question_id, points=points)
    regrade(actor, attempt, f"manual_grade:{given.id}")
    return given


def _last(attempt_id: int, question_id: int) -> int:
    last = sa.select(sa.func.max(ManualGrade.id)).where(
        ManualGrade.attempt_id == attempt_id, ManualGrade.question_id == question_id
    )
    return db.session.scalar(last) or 0
