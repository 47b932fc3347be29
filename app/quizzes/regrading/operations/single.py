"""One attempt is graded anew."""

from app.access.actor import Actor
from app.completions.operations import hold_person
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes.grading import grade_of
from app.quizzes.models import Attempt, GradeChange
from app.quizzes.operations.submission import grade_submitted, note_counted, write_grade
from app.quizzes.regrading.queries.attempts import are_kept
from app.quizzes.regrading.rules import Score
from app.quizzes.rules import AttemptState


def refuse_without_answers(attempt: Attempt) -> None:
    """Raises Refused when the answers are not kept any more: nobody can grade them anew."""
    if not are_kept(attempt.deadline_at):
        raise Refused(_("The answers of this attempt are not kept any more. Its grade stays."))


def regrade(actor: Actor, attempt: Attempt, about: str) -> None:
    """Grade an attempt that was handed in, and keep the grade that it had. Nothing happens while an answer of it waits
    for a person, or before it is handed in. `about` is what led to it, with its id. The caller holds the attempt.
    """
    db.session.flush()  # grading reads what the caller wrote
    if attempt.state is AttemptState.SUBMITTED:
        grade_submitted(attempt.id)
    if attempt.state is not AttemptState.GRADED or (grade := grade_of(attempt)) is None:
        return
    before = Score(attempt.score, attempt.max_score, attempt.passed)
    hold_person(attempt.person_id)
    write_grade(attempt, grade)
    after = Score(attempt.score, attempt.max_score, attempt.passed)
    if after == before:
        return
    db.session.add(
        GradeChange(
            attempt_id=attempt.id, about=about, account_id=actor.account_id, at=now(),
            score_before=before.score, max_before=before.max_score, passed_before=before.passed,
            score_after=after.score, max_after=after.max_score, passed_after=after.passed,
        )
    )  # fmt: skip
    audit.record(actor, "quizzes.regrade", f"attempt:{attempt.id}", about=about, score=str(grade.score), of=grade.max)
    note_counted(attempt)
