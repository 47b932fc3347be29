"""Planning the quizzes before and after a training session by its half-days."""

from collections.abc import Mapping

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.platform.clock import now
from app.platform.db import db, insert
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.rules import HELD, Times, after, before
from app.quizzes.models import QuizWindow
from app.quizzes.operations.windows import move_deadlines
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


def plan(training_id: int) -> None:
    """Plan them anew: a confirmed training session has them, any other none that has not opened yet. Again changes
    nothing. One that was opened stays as it is, but for the one before, which ends when the first half-day begins.
    """
    db.session.flush()  # half-days and state are read as they are now
    wanted = _wanted(training_id)
    known = {
        row.unit_id: row
        for row in db.session.scalars(
            sa.select(QuizPlan).where(QuizPlan.training_id == training_id).with_for_update().order_by(QuizPlan.id)
        )
    }
    for unit_id, row in known.items():
        if unit_id not in wanted and row.opened_at is None:
            db.session.delete(row)
    for unit_id, (phase, times) in wanted.items():
        if unit_id in known:
            _move(known[unit_id], times)
        else:
            values = {"phase": phase, "opens_at": times.opens_at, "closes_at": times.closes_at}
            new = insert(QuizPlan).values(training_id=training_id, unit_id=unit_id, **values)
            db.session.execute(new.on_conflict_do_nothing())


def _wanted(training_id: int) -> Mapping[int, tuple[QuizPhase, Times]]:
    """Unit -> phase and times."""
    planned = Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED
    first = sa.select(sa.func.min(Meeting.starts_at)).where(*planned).correlate(TrainingSession).scalar_subquery()
    last = sa.select(sa.func.max(Meeting.ends_at)).where(*planned).correlate(TrainingSession).scalar_subquery()
    rows = db.session.execute(
        sa.select(Unit.id, Unit.phase, Unit.months_after, first.label("first"), last.label("last"))
        .join(TrainingSession, TrainingSession.version_id == Unit.version_id)
        .where(TrainingSession.id == training_id, TrainingSession.state.in_(HELD), Unit.kind == UnitKind.QUIZ)
        .where(Unit.phase.in_((QuizPhase.PRE, QuizPhase.FOLLOW_UP)))
    )
    return {
        row.id: (row.phase, before(row.first) if row.phase is QuizPhase.PRE else after(row.last, row.months_after))
        for row in rows
        if row.first is not None
    }


def _move(row: QuizPlan, times: Times) -> None:
    if row.opened_at is None:
        row.opens_at, row.closes_at = times.opens_at, times.closes_at
    elif row.phase is QuizPhase.PRE and row.closes_at != times.closes_at:
        _follow(row, times)


def _follow(row: QuizPlan, times: Times) -> None:
    """What is open goes on until the first half-day begins, unless somebody closed it or gave another time."""
    window = db.session.scalar(
        sa.select(QuizWindow)
        .where(QuizWindow.training_id == row.training_id, QuizWindow.unit_id == row.unit_id)
        .with_for_update()
    )
    if window is not None and window.closes_at == row.closes_at and row.closes_at > now():
        window.closes_at = max(times.closes_at, now())
        db.session.flush()  # the terms are read from it
        move_deadlines(row.training_id, row.unit_id)
    row.closes_at = times.closes_at
