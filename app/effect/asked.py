"""Which training sessions a page of effects is about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.courses.models import Course, CourseVersion
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


@dataclass(frozen=True)
class Asked:
    """A programme, perhaps one of its courses, perhaps those whose last half-day lies between two days. The caller has
    checked the programme."""

    programme_id: int
    course: str = ""
    since: date | None = None
    until: date | None = None

    def trainings(self) -> sa.Select[Any]:
        """Their ids."""
        found = sa.select(TrainingSession.id).where(TrainingSession.programme_id == self.programme_id)
        if self.course:
            versions = (
                sa.select(CourseVersion.id)
                .join(Course, Course.id == CourseVersion.course_id)
                .where(Course.code == self.course)
            )
            found = found.where(TrainingSession.version_id.in_(versions))
        if self.since or self.until:
            found = found.where(TrainingSession.id.in_(self._ended()))
        return found

    def _ended(self) -> sa.Select[Any]:
        last = sa.func.date(sa.func.max(Meeting.starts))
        held = sa.select(Meeting.training_id).where(Meeting.state == MeetingState.PLANNED)
        held = held.group_by(Meeting.training_id)
        if self.since:
            held = held.having(last >= sa.literal(self.since, sa.Date))
        return held.having(last <= sa.literal(self.until, sa.Date)) if self.until else held


def courses(programme_id: int) -> dict[int, tuple[str, dict[str, str]]]:
    """Courses of the training sessions of a programme: id -> code and titles of the latest version there."""
    rows = db.session.execute(
        sa.select(Course.id, Course.code, CourseVersion.titles)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(
            CourseVersion.id.in_(
                sa.select(TrainingSession.version_id).where(TrainingSession.programme_id == programme_id)))
        .order_by(CourseVersion.id)
    )
    return {course_id: (code, titles) for course_id, code, titles in rows}
