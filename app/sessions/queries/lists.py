"""The list of training sessions."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Course, CourseVersion
from app.factories.models import Programme
from app.platform.clock import now
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries.lookup import visible
from app.sessions.rules import MeetingState, Phase, SeatState, Standing, TrainingState

_DECIDED = {Standing.IN_PROGRESS: TrainingState.CONFIRMED, Standing.HELD: TrainingState.CONFIRMED}
PHASE_OF = {Standing.CONFIRMED: Phase.COMING, Standing.IN_PROGRESS: Phase.RUNNING, Standing.HELD: Phase.PAST}
"""Standings that the clock tells apart: each is found at its own time."""


@dataclass(frozen=True)
class TrainingFilter:
    """What the address of the list asks for; empty means all."""

    phase: Phase = Phase.COMING
    state: Standing | None = None
    course: str = ""
    programme: str = ""
    is_dated: bool = False
    """Leave out those that wait for dates: to be announced, or postponed."""

    @property
    def is_of_one_phase(self) -> bool:
        """Whether what is asked for is found at one time alone."""
        return self.state in PHASE_OF

    @property
    def is_empty(self) -> bool:
        return not (self.state or self.course or self.programme)


def trainings(actor: Actor, wanted: TrainingFilter) -> sa.Select[*tuple[Any, ...]]:
    """Rows of the list, the nearest first. Each has the columns that a line shows."""
    dates = _dates()
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            TrainingSession.id, TrainingSession.code, TrainingSession.state, TrainingSession.language,
            TrainingSession.expected_on, TrainingSession.cohort, TrainingSession.postponed_reason,
            TrainingSession.least_people,
            (TrainingSession.capacity_in_person + TrainingSession.capacity_virtual).label("capacity"),
            CourseVersion.titles, Programme.zone, dates.c.first, dates.c.last,
            sa.func.coalesce(dates.c.half_days, 0).label("half_days"),
            _seats(SeatState.BOOKED).label("booked"), _seats(SeatState.REQUESTED).label("requested"),
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .outerjoin(dates, dates.c.training_id == TrainingSession.id)
        .where(visible(actor), *_in_phase(wanted.phase, dates), *_asked(wanted))
    )
    if wanted.phase is Phase.PAST:
        return statement.order_by(dates.c.last.desc(), TrainingSession.id)
    waits = sa.case((_waits(dates), 1), else_=0)
    return statement.order_by(waits, dates.c.first, TrainingSession.expected_on, TrainingSession.id)


def _dates() -> sa.Subquery:
    """First start and last end of the half-days that are planned; of all, when every one is cancelled."""
    is_planned = Meeting.state == MeetingState.PLANNED
    is_kept = sa.case((Meeting.state != MeetingState.CANCELLED, Meeting.id))
    starts, ends = (sa.case((is_planned, column)) for column in (Meeting.starts_at, Meeting.ends_at))
    return (
        sa.select(
            Meeting.training_id,
            sa.func.coalesce(sa.func.min(starts), sa.func.min(Meeting.starts_at)).label("first"),
            sa.func.coalesce(sa.func.max(ends), sa.func.max(Meeting.ends_at)).label("last"),
            sa.func.count(is_kept).label("half_days"),
        )
        .group_by(Meeting.training_id)
        .subquery()
    )


def _seats(state: SeatState) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .where(Seat.training_id == TrainingSession.id, Seat.state == state)
        .correlate(TrainingSession)
        .scalar_subquery()
    )


def _in_phase(phase: Phase, dates: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    """`rules.phase`, in SQL. What waits for dates is still to come."""
    at, waits = now(), _waits(dates)
    return {
        Phase.COMING: [sa.or_(dates.c.first > at, waits)],
        Phase.RUNNING: [dates.c.first <= at, dates.c.last > at, sa.not_(waits)],
        Phase.PAST: [dates.c.last <= at, sa.not_(waits)],
    }[phase]


def _waits(dates: sa.Subquery) -> sa.ColumnElement[bool]:
    return sa.or_(TrainingSession.state == TrainingState.POSTPONED, dates.c.first.is_(None))


def _asked(wanted: TrainingFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(TrainingSession.state == _DECIDED.get(wanted.state, wanted.state.value))
    if wanted.is_dated:
        conditions += [TrainingSession.state != TrainingState.POSTPONED, TrainingSession.meetings.any()]
    if wanted.course:
        conditions.append(Course.code == wanted.course)
    if wanted.programme:
        conditions.append(Programme.code == wanted.programme)
    return conditions
