"""Handing in and grading. They are two steps: what was handed in stays so, whatever goes wrong in grading it."""

from datetime import datetime, timedelta
from fractions import Fraction

import sqlalchemy as sa
import structlog

from app.access.actor import SYSTEM, Actor
from app.completions.operations import hold_person, note_unit
from app.courses.models import Unit
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.platform.jobs import enqueue
from app.quizzes import queries, rules
from app.quizzes.grading import grade_of
from app.quizzes.models import Attempt
from app.quizzes.operations.answering import refuse_without_place
from app.quizzes.queries.wanted import share_wanted
from app.quizzes.rules import AttemptState, Grade, QuizPolicy, WhenLate
from app.quizzes.rules.limits import GRACE
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState

_RUNNING = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)
log = structlog.get_logger(__name__)


def submit(actor: Actor, attempt_id: int) -> None:
    """Hand in the own attempt: what is saved is graded and counts. Handing in again changes nothing.

    Raises NotFound for anybody else's attempt, Refused when the training was cancelled or the seat taken back.
    """
    refuse_without_place(queries.sitting(actor, attempt_id))
    hand_in(actor, attempt_id)


def close_overdue(attempt_id: int) -> None:
    """Do with an attempt whose time is over what the rules of its quiz say: hand in what was saved as of its deadline,
    let the person hand it in for a time, or abandon it.

    An attempt that is not overdue any more stays as it is; one of a cancelled training session, or of somebody whose
    seat was taken back, is abandoned.
    """
    row = db.session.execute(
        sa.select(
            Attempt.state, Attempt.deadline_at, TrainingSession.state.label("training_state"),
            Seat.state.label("seat_state"), Unit.rules,
        )
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
        .join(Unit, Unit.id == Attempt.unit_id)
        .where(Attempt.id == attempt_id)
        .with_for_update(of=Attempt)
    ).one()  # fmt: skip
    if not rules.is_due(now(), row.deadline_at, GRACE):
        return
    if row.training_state is TrainingState.CANCELLED or row.seat_state is not SeatState.BOOKED:
        _leave(attempt_id, AttemptState.ABANDONED)
        return
    policy = rules.policy_from(row.rules)
    point("quizzes.closing")
    match policy.when_late:
        case WhenLate.SUBMIT:
            hand_in(SYSTEM, attempt_id)
        case WhenLate.GRACE:
            _wait_or_abandon(attempt_id, row.deadline_at, policy)
        case WhenLate.ABANDON:
            _abandon(attempt_id)


def _wait_or_abandon(attempt_id: int, deadline_at: datetime, policy: QuizPolicy) -> None:
    ends_at = deadline_at + timedelta(minutes=policy.grace_minutes)
    if now() > ends_at:
        _abandon(attempt_id)
    else:
        _leave(attempt_id, AttemptState.OVERDUE, (AttemptState.IN_PROGRESS,))
        enqueue("quizzes.close_overdue", run_at=ends_at + timedelta(seconds=1), attempt_id=attempt_id)


def _abandon(attempt_id: int) -> None:
    if _leave(attempt_id, AttemptState.ABANDONED):
        audit.record(SYSTEM, "quizzes.abandon", f"attempt:{attempt_id}")


def hand_in(actor: Actor, attempt_id: int) -> None:
    """Hand in an attempt that runs or is overdue, and grade it. One that was handed in stays as it is."""
    if not _leave(attempt_id, AttemptState.SUBMITTED):
        return
    point("quizzes.submitted")
    attempt = db.session.get_one(Attempt, attempt_id, populate_existing=True)
    began = attempt.started_at or now()  # a clock that was put back ends no attempt before it began
    attempt.submitted_at = rules.finished_at(max(now(), began), attempt.deadline_at)
    audit.record(actor, "quizzes.submit", f"attempt:{attempt.id}")
    try:
        with db.session.begin_nested():
            _grade(attempt)
    except Exception:  # whatever goes wrong in grading, what was handed in stays so
        log.exception("quizzes.graded_later", attempt=attempt_id)
        enqueue("quizzes.grade", dedupe=f"quizzes.grade:{attempt_id}", attempt_id=attempt_id)


def grade_submitted(attempt_id: int) -> None:
    """Grade an attempt that was handed in and is not graded yet, unless an answer of it waits for a person."""
    attempt = db.session.get_one(Attempt, attempt_id, populate_existing=True, with_for_update=True)
    if attempt.state is AttemptState.SUBMITTED:
        _grade(attempt)


def _grade(attempt: Attempt) -> None:
    """Grade a held attempt, unless an answer of it waits for a person."""
    if (grade := grade_of(attempt)) is None:
        return
    hold_person(attempt.person_id)  # a score on paper may come in at the same moment
    point("quizzes.grading")
    write_grade(attempt, grade)
    point("quizzes.graded")
    audit.record(SYSTEM, "quizzes.grade", f"attempt:{attempt.id}", score=str(grade.score), of=grade.max)
    note_counted(attempt)
    point("quizzes.noted")


def _leave(attempt_id: int, state: AttemptState, of: tuple[AttemptState, ...] = _RUNNING) -> bool:
    """Whether this transaction was the one that moved the attempt: of two, the row count lets one win."""
    ended = db.session.execute(
        sa.update(Attempt)
        .where(Attempt.id == attempt_id, Attempt.state.in_(of))
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(ended, "rowcount", 0)) == 1


def write_grade(attempt: Attempt, grade: Grade) -> None:
    """Write down what an attempt is worth."""
    attempt.passed = _passed(attempt, grade.share)
    attempt.state = AttemptState.GRADED
    attempt.score, attempt.max_score = float(grade.score), grade.max
    attempt.rule_version = grade.rule_version


def _passed(attempt: Attempt, share: Fraction) -> bool | None:
    """Whether the share that the course version asks for was reached; None for a quiz of which it asks nothing."""
    wanted = share_wanted(attempt.unit_id)
    return None if wanted is None else share >= wanted


def note_counted(attempt: Attempt) -> None:
    """Tell the person's results what counts of all attempts at this quiz in this training session, on paper too."""
    db.session.flush()  # the grades are read
    policy = queries.policy_of(attempt.unit_id)
    reached = queries.shares_reached(attempt.training_id, attempt.unit_id, attempt.person_id)
    share = rules.counted_share(reached, policy.counts)
    if share is None or policy.practice:
        return
    version_id, factory_id = db.session.execute(
        sa.select(TrainingSession.version_id, Seat.factory_id)
        .join(Seat, Seat.training_id == TrainingSession.id)
        .where(TrainingSession.id == attempt.training_id, Seat.person_id == attempt.person_id)
    ).one()
    note_unit(
        person_id=attempt.person_id,
        training_id=attempt.training_id,
        version_id=version_id,
        unit_id=attempt.unit_id,
        share=share,
        factory_id=factory_id,
        at=attempt.submitted_at or now(),
    )
