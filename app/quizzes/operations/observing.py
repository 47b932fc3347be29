"""What a trainer saw while somebody did a task."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Unit
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.operations.drawing import prepare
from app.quizzes.operations.submission import grade_submitted, hand_in
from app.quizzes.policy import may_observe
from app.quizzes.rules import AttemptState
from app.quizzes.shown import NOT_ANSWERED
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries import training_for
from app.sessions.rules import SeatState, TrainingState

OBSERVED = "observed"


def note_observed(
    actor: Actor, training_id: int, person_id: int, question_id: int, ticks: Sequence[int], revision: int
) -> Answer:
    """Note which criteria (from 0, as written) of a task were seen; none is a result too. It can be changed until the
    attempt is graded, which happens when it is handed in and every task is noted; an attempt of nothing but observed
    tasks is handed in by the last of them. `revision` is the one that was shown, 0 before the first.

    Raises NotFound for people without a booked seat and for who may not, Refused when the question is no observed task
    of this person's attempt, when something else was noted since, and after grading.
    """
    training = training_for(actor, training_id)
    if not may_observe(actor, training):
        raise NotFound
    question = _task(training, person_id, question_id)
    if any(not 0 <= tick < len(question.texts[min(question.texts)]["options"]) for tick in ticks):
        raise Refused(_("This does not belong to the task. Tick again."))
    attempt = _attempt(training.id, person_id, question)
    noted = _written(actor, attempt, question, [str(tick) for tick in sorted({*ticks})], revision)
    audit.record(actor, "quizzes.note_observed", f"attempt:{attempt.id}", question=question.id, seen=len({*ticks}))
    _go_on(actor, attempt)
    return noted


def _task(training: TrainingSession, person_id: int, question_id: int) -> Question:
    """The task, which is held for a person with a booked seat in a training session that goes on."""
    seat = sa.select(Seat.state).where(Seat.training_id == training.id, Seat.person_id == person_id)
    question = db.session.scalar(
        sa.select(Question)
        .join(Unit, Unit.id == Question.unit_id)
        .where(Question.id == question_id, Unit.version_id == training.version_id)
    )
    if question is None or db.session.scalar(seat) is not SeatState.BOOKED:
        raise NotFound
    if training.state is TrainingState.CANCELLED:
        raise Refused(_("This training was cancelled."))
    if question.kind != OBSERVED:
        raise Refused(_("This is no task that a trainer watches."))
    return question


def _attempt(training_id: int, person_id: int, question: Question) -> Attempt:
    """The last attempt of the person, which is held; the first is drawn when there is none yet."""
    found = _last(training_id, person_id, question.unit_id)
    if found is None:
        prepare(training_id, question.unit_id)
        found = _last(training_id, person_id, question.unit_id)
    if found is None or question.id not in found.question_ids:
        raise Refused(_("This task is not among those of this person."))
    if found.state is AttemptState.GRADED:
        raise Refused(_("The result of this person is counted already. What you saw cannot be changed any more."))
    if found.state is AttemptState.ABANDONED:
        raise Refused(_("This person has left the quiz, and it was not handed in."))
    return found


def _last(training_id: int, person_id: int, unit_id: int) -> Attempt | None:
    return db.session.scalar(
        sa.select(Attempt)
        .where(Attempt.training_id == training_id, Attempt.person_id == person_id, Attempt.unit_id == unit_id)
        .order_by(Attempt.number.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _written(actor: Actor, attempt: Attempt, question: Question, choice: list[str], revision: int) -> Answer:
    answer = db.session.scalar(
        sa.select(Answer).where(Answer.attempt_id == attempt.id, Answer.question_id == question.id)
    )
    if answer is None:
        answer = Answer(attempt_id=attempt.id, question_id=question.id, choice=choice, revision=0, saved_at=now())
        db.session.add(answer)
    elif answer.choice == choice:
        return answer
    elif answer.revision != revision:
        raise Refused(_("Somebody noted something else meanwhile. You see what is noted."))
    answer.choice, answer.revision, answer.saved_at = choice, answer.revision + 1, now()
    answer.account_id = actor.account_id
    db.session.flush()  # grading reads it
    return answer


def _go_on(actor: Actor, attempt: Attempt) -> None:
    """Grade what waited for this; hand in what has nothing that the person answers."""
    if attempt.state is AttemptState.SUBMITTED:
        grade_submitted(attempt.id)
        return
    rows = db.session.execute(
        sa.select(Question.kind, Answer.id)
        .outerjoin(Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == attempt.id))
        .where(Question.id.in_(attempt.question_ids))
    ).all()
    if any(row.kind not in NOT_ANSWERED or (row.kind == OBSERVED and row.id is None) for row in rows):
        return
    if attempt.state is AttemptState.NOT_STARTED:
        attempt.state, attempt.started_at = AttemptState.IN_PROGRESS, now()
        db.session.flush()  # handing in looks for one that runs
    hand_in(actor, attempt.id)
