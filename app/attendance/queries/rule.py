"""The rule of a course version, and half-days as the rules weigh them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from app.attendance.queries.marks import Known, marks_of_person
from app.attendance.rules import AttendanceRule, HalfDay, was_attended
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


def attended_days(version: CourseVersion, meetings: Sequence[Meeting], person_id: int) -> list[date]:
    """Days of the half-days of a training session that a person attended, as the course counts them, in their order."""
    if not meetings:
        return []
    rule, marks = rule_of(version), marks_of_person(meetings[0].training_id, person_id)
    counted = zip(meetings, half_days(meetings, marks, person_id), strict=True)
    return [meeting.starts.date() for meeting, half_day in counted if was_attended(half_day, rule)]


def _half_day(meeting: Meeting, known: Known | None) -> HalfDay:
    return HalfDay(minutes_of(meeting), known.mark if known else None, known.minutes if known else None)
