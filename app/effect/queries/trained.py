"""When the supervisors of lines were trained."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.completions.models import Completion
from app.courses.models import Course, CourseVersion
from app.courses.rules import Category
from app.effect.models import LineTraining
from app.factories.models import Employment, Factory, Line, Programme
from app.factories.roster.text import fold
from app.factories.rules import JobRole, Sex
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import TrainingState

THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)
OPEN = (TrainingState.CONFIRMED, TrainingState.POSTPONED)


@dataclass(frozen=True)
class TrainedLine:
    """When the supervisor of a line was trained, and who says so. `line` is its name there; `began_on` the first
    half-day of a training that is held here: without `trained_on` it is not completed yet."""

    line: str
    trained_on: date | None
    sex: Sex | None
    is_corrected: bool
    began_on: date | None = None


Trained = dict[tuple[int, str], TrainedLine]
"""By factory and line."""


def trainings(factories: Collection[int]) -> Trained:
    """Factory and line -> the first training of its supervisor in supervisory skills, as completions say with the line
    and role of the time, or as somebody corrected it. Three statements."""
    found: Trained = {}
    for row in db.session.execute(_completed(factories)):
        key = row.factory_id, fold(row.line)
        day, began = (at and at.astimezone(ZoneInfo(row.zone)).date() for at in (row.completed_at, row.began_at))
        known = found.get(key) or TrainedLine(row.line, day, row.sex, is_corrected=False)
        found[key] = replace(
            known, sex=known.sex if known.sex is row.sex else None,  # led by both: it counts for neither
            began_on=min(filter(None, (known.began_on, began)), default=None))
    for row in db.session.execute(_begun(factories)):
        began = row.began_at.astimezone(ZoneInfo(row.zone)).date()
        found.setdefault((row.factory_id, fold(row.line)), TrainedLine(row.line, None, None, False, began))
    corrected = db.session.scalars(
        sa.select(LineTraining).where(LineTraining.factory_id.in_(factories)).order_by(LineTraining.id))
    for each in corrected:
        held = found.get((each.factory_id, each.line_key))
        began = held.began_on if held and held.trained_on and held.trained_on == each.trained_on else None
        found[each.factory_id, each.line_key] = TrainedLine(
            each.line, each.trained_on, each.sex, is_corrected=True, began_on=began)
    return found


def _completed(factories: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Completions, and when the first half-day began at which the person was there, were it for a part of it."""
    began = (
        sa.select(sa.func.min(Meeting.starts_at))
        .join(CurrentMark, CurrentMark.meeting_id == Meeting.id)
        .where(
            Meeting.training_id == Completion.training_id, CurrentMark.person_id == Completion.person_id,
            CurrentMark.mark.in_(THERE))
        .correlate(Completion).scalar_subquery())
    return (
        sa.select(
            Completion.factory_id, Completion.line, Completion.sex, Completion.completed_at, Programme.zone,
            began.label("began_at"))
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Factory, Factory.id == Completion.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            Completion.factory_id.in_(factories), Completion.withdrawn_at.is_(None), Completion.line.is_not(None),
            Completion.role == JobRole.SUPERVISOR, CourseVersion.category == Category.SUPERVISORY_SKILLS,
        )
        .order_by(Completion.completed_at, Completion.id)
    )


def _begun(factories: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Lines of supervisors who were at a half-day of a training session that is not closed yet."""
    day = sa.func.date(Meeting.starts)
    return (
        sa.select(
            Seat.factory_id, Line.name.label("line"), sa.func.min(Meeting.starts_at).label("began_at"), Programme.zone)
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .join(CurrentMark, sa.and_(CurrentMark.meeting_id == Meeting.id, CurrentMark.person_id == Seat.person_id))
        .join(Employment, sa.and_(
            Employment.person_id == Seat.person_id, Employment.factory_id == Seat.factory_id,
            Employment.started_on <= day, sa.or_(Employment.ended_on.is_(None), Employment.ended_on > day)))
        .join(Line, Line.id == Employment.line_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(
            Seat.factory_id.in_(factories), TrainingSession.state.in_(OPEN), CurrentMark.mark.in_(THERE),
            CourseVersion.category == Category.SUPERVISORY_SKILLS, Employment.role == JobRole.SUPERVISOR)
        .group_by(Seat.factory_id, Line.name, Programme.zone)
        .order_by(Seat.factory_id, Line.name)
    )


def supervisory_skills() -> set[str]:
    """By which codes and titles files name the courses in supervisory skills. One statement."""
    rows = db.session.execute(
        sa.select(Course.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(CourseVersion.category == Category.SUPERVISORY_SKILLS))
    return {name for code, titles in rows for name in (code, *titles.values())}
