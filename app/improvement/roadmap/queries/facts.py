"""What people of a factory have done for a course: a seat, a result, a completion."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion, UnitResult
from app.courses.models import CourseVersion, Unit
from app.factories.models import Employment, Person
from app.improvement.roadmap.rules import Step
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, TrainingState

_GOES_ON = (TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.CLOSED)


def steps(factory_id: int, course_id: int) -> list[Step]:
    """Everything that counts for the actions of a factory with this course. Three statements.

    A completion belongs to the factory, and the role, in which it was reached; it counts as long as it is not
    withdrawn. Seats and results count for people who work there now.
    """
    return [*_completed(factory_id, course_id), *_seated(factory_id, course_id), *_tried(factory_id, course_id)]


def _itself() -> sa.ColumnElement[int]:
    """Who somebody turned out to be."""
    return sa.func.coalesce(Person.merged_into_id, Person.id)


def _completed(factory_id: int, course_id: int) -> Iterator[Step]:
    rows = db.session.execute(
        sa.select(_itself(), Completion.role, Completion.completed_at)
        .join(Person, Person.id == Completion.person_id)
        .where(
            Completion.factory_id == factory_id, Completion.course_id == course_id,
            Completion.withdrawn_at.is_(None)))
    return (Step(person_id, role, at, is_completion=True) for person_id, role, at in rows)


def _seated(factory_id: int, course_id: int) -> Iterator[Step]:
    """Who has a seat counts from the moment at which the last half-day ends."""
    rows: Sequence[Any] = db.session.execute(
        sa.select(_itself(), Employment.role, sa.func.max(Meeting.ends_at))
        .select_from(Seat)
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .join(Person, Person.id == Seat.person_id)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Seat.factory_id == factory_id, CourseVersion.course_id == course_id, Seat.state.in_(HOLDING),
            TrainingSession.state.in_(_GOES_ON), Meeting.state == MeetingState.PLANNED,
            Employment.factory_id == factory_id, Employment.ended_on.is_(None))
        .group_by(Person.id, Person.merged_into_id, Employment.role)).all()
    return (Step(row[0], row[1], row[2], is_completion=False) for row in rows)


def _tried(factory_id: int, course_id: int) -> Iterator[Step]:
    latest: sa.ColumnElement[datetime] = sa.func.max(UnitResult.at)
    rows: Sequence[Any] = db.session.execute(
        sa.select(_itself(), Employment.role, latest)
        .select_from(UnitResult)
        .join(Unit, Unit.id == UnitResult.unit_id)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Person, Person.id == UnitResult.person_id)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            CourseVersion.course_id == course_id, Employment.factory_id == factory_id, Employment.ended_on.is_(None))
        .group_by(Person.id, Person.merged_into_id, Employment.role)).all()
    return (Step(row[0], row[1], row[2], is_completion=False) for row in rows)
