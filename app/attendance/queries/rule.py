"""The rule of a course version, and half-days as the rules weigh them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from app.attendance.queries.marks import Known
from app.attendance.rules import AttendanceRule, HalfDay
from app.courses.models import CourseVersion
from app.sessions.models import Meeting


def rule_of(version: CourseVersion) -> AttendanceRule:
    """How attendance is counted in this version."""
    return AttendanceRule(version.attendance_by, Fraction(str(version.present_from)), version.late_after)


def needed_share(version: CourseVersion) -> Fraction:
    """The share of attendance that this version asks for, as people wrote it."""
    return Fraction(str(version.attendance_share))


def minutes_of(meeting: Meeting) -> int:
    """How many minutes a half-day has."""
    return round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)


def half_days(meetings: Iterable[Meeting], marks: Mapping[tuple[int, int], Known], person_id: int) -> list[HalfDay]:
    """Half-days of a person, in the order of the meetings."""
    return [_half_day(meeting, marks.get((person_id, meeting.id))) for meeting in meetings]


def _half_day(meeting: Meeting, known: Known | None) -> HalfDay:
    return HalfDay(minutes_of(meeting), known.mark if known else None, known.minutes if known else None)
