"""Handing in and grading."""

from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.completions.operations import hold_person, note_unit
from app.courses.models import CourseVersion, Unit
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.quizzes import queries, rules
from app.quizzes.grading import grade_of
from app.quizzes.models import Attempt
from app.quizzes.operations.answering import refuse_without_place
from app.quizzes.queries.paper import paper_shares
from app.quizzes.rules import AttemptState, Grade
from app.quizzes.rules.limits import GRACE
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState


def submit(actor: Actor, attempt_id: int) -> None:
    """Hand in the own attempt: what is saved is graded and counts. Handing in again changes nothing.

    Raises NotFound for anybody else's attempt, Refused when the training was cancelled or the seat taken back.
    """
    refuse_without_place(queries.sitting(actor, attempt_id))
    _hand_in(actor, attempt_id)


def close_overdue(attempt_id: int) -> None:
    """Hand in an attempt whose time is over, with what was saved, as of its deadline.

    An attempt that is not overdue any more stays as it is; one of a cancelled training session, or of somebody whose
    seat was taken back, is abandoned.
    """
    row = db.session.execute(
        sa.select(Attempt.deadline_at, TrainingSession.state, Seat.state.label("seat_state"))
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
        .where(Attempt.id == attempt_id)
        .with_for_update(of=Attempt)
    ).one()
    if not rules.is_due(now(), row.deadline_at, GRACE):
        return
    if row.state is TrainingState.CANCELLED or row.seat_state is not SeatState.BOOKED:
        _leave_running(attempt_id, AttemptState.ABANDONED)
    else:
        _hand_in(SYSTEM, attempt_id)


def _hand_in(actor: Actor, attempt_id: int) -> None:
    if not _leave_running(attempt_id, AttemptState.SUBMITTED):
        return
    point("quizzes.submitted")
    attempt = db.session.get_one(Attempt, attempt_id, populate_existing=True)
    attempt.submitted_at = rules.finished_at(now(), attempt.deadline_at)
    earlier = _best_so_far(attempt)
    grade = grade_of(attempt)
    _write_grade(attempt, grade)
    point("quizzes.graded")
    audit.record(actor, "quizzes.submit", f"attempt:{attempt.id}", score=str(grade.score), of=grade.max)
    if earlier is None or grade.share > earlier:
        _note(attempt, grade.share, attempt.submitted_at)
    point("quizzes.noted")


def _leave_running(attempt_id: int, state: AttemptState) -> bool:
    """Whether this transaction was the one that ended the attempt: of two, the row count lets one win."""
    ended = db.session.execute(
        sa.update(Attempt)
        .where(Attempt.id == attempt_id, Attempt.state == AttemptState.IN_PROGRESS)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(ended, "rowcount", 0)) == 1


def _write_grade(attempt: Attempt, grade: Grade) -> None:
    attempt.state = AttemptState.GRADED
    attempt.score, attempt.max_score = float(grade.score), grade.max
    attempt.rule_version = grade.rule_version
    attempt.passed = _passed(attempt, grade.share)


def _passed(attempt: Attempt, share: Fraction) -> bool | None:
    """Whether the share that the course version asks for was reached; None for a quiz of which it asks nothing."""
    wanted = db.session.scalar(
        sa.select(CourseVersion.test_share)
        .join(Unit, sa.and_(Unit.version_id == CourseVersion.id, Unit.code == CourseVersion.test_unit))
        .where(Unit.id == attempt.unit_id)
    )
    return None if wanted is None else share >= Fraction(str(wanted))


def _best_so_far(attempt: Attempt) -> Fraction | None:
    """The best share of the person's earlier attempts at this quiz in this training session, on paper too."""
    hold_person(attempt.person_id)  # a score on paper may come in at the same moment
    on_paper = paper_shares(attempt.training_id, attempt.unit_id, attempt.person_id)
    shares = db.session.execute(
        sa.select(Attempt.score, Attempt.max_score).where(
            Attempt.training_id == attempt.training_id,
            Attempt.unit_id == attempt.unit_id,
            Attempt.person_id == attempt.person_id,
            Attempt.state == AttemptState.GRADED,
        )
    )
    here = [Fraction(row.score) / Fraction(row.max_score or 1) for row in shares]
    return max([*here, *on_paper.values()], default=None)


def _note(attempt: Attempt, share: Fraction, at: datetime) -> None:
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
        at=at,
    )
