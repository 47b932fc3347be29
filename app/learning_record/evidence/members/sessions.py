"""The half-days at which people of the factory had a seat."""

from typing import Any

import sqlalchemy as sa

from app.attendance.models import MarkEntry
from app.courses.models import Course, CourseVersion
from app.learning_record.evidence.source import About, Source, Table
from app.platform.db import db
from app.platform.i18n import _, text
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState, Standing
from app.sessions.wording import MODALITIES, Words


def read(about: About) -> list[list[Any]]:
    """A row for each half-day, in their order; the number of the meeting and of the training session come first."""
    own = sa.exists().where(Seat.training_id == TrainingSession.id, Seat.factory_id == about.factory_id)
    marked = sa.exists().where(MarkEntry.meeting_id == Meeting.id, MarkEntry.at < about.known)
    words = Words()
    rows = db.session.execute(
        sa.select(Meeting, TrainingSession, Course.code, CourseVersion.number, CourseVersion.titles, marked)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Meeting.starts_at >= about.begins, Meeting.starts_at < about.ends, own)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [
        [
            meeting.id, training.id, training.code, course, text(titles), version, meeting.number,
            f"{meeting.starts:%Y-%m-%d}", f"{meeting.starts:%H:%M}", f"{meeting.ends:%H:%M}", meeting.zone,
            str(MODALITIES[meeting.modality]), str(words.training[training.state][0]),
            str(_state(words, meeting, was_marked=was_marked)),
        ]
        for meeting, training, course, version, titles, was_marked in rows
    ]  # fmt: skip


def _state(words: Words, meeting: Meeting, *, was_marked: bool) -> Any:
    """A half-day of which somebody said who came was held: that it had been planned tells nobody anything."""
    is_held = was_marked and meeting.state is MeetingState.PLANNED
    return words.standing[Standing.HELD][0] if is_held else words.meeting[meeting.state][0]


def table(source: Source) -> Table:
    """The half-days."""
    header = [
        _("Training session"), _("Course"), _("Title"), _("Version"), _("Half-day"), _("Day"), _("From"), _("Until"),
        _("Time zone"), _("How people take part"), _("State"), _("Half-day is"),
    ]  # fmt: skip
    return Table("sessions", _("Training sessions and half-days"), header, [row[2:] for row in source.meetings])
