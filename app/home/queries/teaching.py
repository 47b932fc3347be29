"""The training sessions of somebody who teaches: today's, the next ones, those that wait to be closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.models import CurrentMark
from app.attendance.rules import hindrance
from app.courses.models import CourseVersion, Unit
from app.factories.models import Programme
from app.home.rules import Action, Situation, main_action
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import QuizWindow
from app.sessions.models import Meeting, Trainer, TrainingSession
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.rules import MeetingState, Phase, TrainingState

_COMING, _TO_CLOSE = 6, 4


@dataclass(frozen=True)
class Taught:
    """A training session as the start page shows it. `row` has the columns of the list of training sessions."""

    row: Any
    phase: Phase
    meeting: Meeting | None
    unit_id: int | None
    quiz_closes_at: datetime | None
    action: Action


@dataclass(frozen=True)
class Teaching:
    """`today` runs now; `to_close` is over."""

    today: Sequence[Taught]
    coming: Sequence[Taught]
    to_close: Sequence[Taught]

    @property
    def is_empty(self) -> bool:
        return not (self.today or self.coming or self.to_close)


def teaching(actor: Actor) -> Teaching:
    """The training sessions that the actor teaches. Six statements, however many there are."""
    rows = {
        Phase.RUNNING: _rows(actor, Phase.RUNNING, _COMING),
        Phase.COMING: _rows(actor, Phase.COMING, _COMING),
        Phase.PAST: _rows(actor, Phase.PAST, _TO_CLOSE),
    }
    ids = [row.id for found in rows.values() for row in found]
    meetings, tests = next_meetings(ids), tests_of(ids)
    marked = _marked([meeting.id for meeting in meetings.values()])
    taught = {
        phase: [_taught(row, phase, meetings.get(row.id), marked, tests.get(row.id)) for row in found]
        for phase, found in rows.items()
    }
    return Teaching(today=taught[Phase.RUNNING], coming=taught[Phase.COMING], to_close=taught[Phase.PAST])


def _rows(actor: Actor, phase: Phase, most: int) -> Sequence[Any]:
    teaches = sa.exists().where(Trainer.training_id == TrainingSession.id, Trainer.account_id == actor.account_id)
    states = [TrainingState.CONFIRMED, *([] if phase is Phase.PAST else [TrainingState.TENTATIVE])]
    dated = TrainingFilter(phase=phase, is_dated=True)
    statement = trainings(actor, dated).where(teaches, TrainingSession.state.in_(states))
    return db.session.execute(statement.add_columns(Programme.name.label("programme")).limit(most)).all()


def next_meetings(ids: Collection[int]) -> dict[int, Meeting]:
    """The half-day of each training session that runs or comes next."""
    found = db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.training_id.in_(ids), Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now())
        .order_by(Meeting.starts_at.desc())
    )
    return {meeting.training_id: meeting for meeting in found}


def _marked(meeting_ids: Collection[int]) -> dict[int, int]:
    """How many people have a mark at each half-day."""
    counted = sa.select(CurrentMark.meeting_id, sa.func.count()).where(CurrentMark.meeting_id.in_(meeting_ids))
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(CurrentMark.meeting_id))}


def tests_of(ids: Collection[int]) -> dict[int, tuple[int, datetime | None]]:
    """The unit of the test that each course asks for, and until when it is or was open."""
    rows = db.session.execute(
        sa.select(TrainingSession.id, Unit.id, QuizWindow.closes_at)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Unit, sa.and_(Unit.version_id == CourseVersion.id, Unit.code == CourseVersion.test_unit))
        .outerjoin(QuizWindow, sa.and_(QuizWindow.training_id == TrainingSession.id, QuizWindow.unit_id == Unit.id))
        .where(TrainingSession.id.in_(ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _taught(
    row: Any, phase: Phase, meeting: Meeting | None, marked: dict[int, int], test: tuple[int, datetime | None] | None
) -> Taught:
    unit_id, closes_at = test or (None, None)
    can_mark = meeting and hindrance(row.state, meeting.state, meeting.starts_at, now()) is None
    situation = Situation(
        state=row.state,
        phase=phase,
        requested=row.requested,
        booked=row.booked,
        unmarked=row.booked - marked.get(meeting.id, 0) if meeting and can_mark else 0,
        has_quiz=unit_id is not None,
    )
    is_open = closes_at is not None and closes_at > now()
    return Taught(row, phase, meeting, unit_id, closes_at if is_open else None, main_action(situation))
