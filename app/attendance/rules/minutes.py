"""What minutes come to, by the rule of the course version. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from app.attendance.rules.marks import Mark
from app.courses.rules import LATE_AFTER, PRESENT_FROM, AttendanceBy


@dataclass(frozen=True)
class AttendanceRule:
    """How a course version counts attendance: by half-days or by minutes; the share of a half-day's minutes that makes
    present; and how many minutes after the start somebody is late.
    """

    by: AttendanceBy = AttendanceBy.HALF_DAYS
    present_from: Fraction = Fraction(str(PRESENT_FROM))
    late_after: int = LATE_AFTER


def mark_of_minutes(minutes: float, of: float, started_after: float, rule: AttendanceRule) -> Mark:
    """The mark of somebody who was there for some `minutes` `of` the half-day, and came so long after it had started.

    Present, or late, from the share that the rule asks for; partial below it; absent with nothing at all. All are
    minutes; more than the half-day has count as the whole, and who was there before the start came at the start.
    """
    if minutes <= 0 or of <= 0:
        return Mark.ABSENT
    if Fraction(minutes) < rule.present_from * Fraction(of):
        return Mark.PARTIAL
    return mark_on_arrival(started_after, rule)


def mark_on_arrival(started_after: float, rule: AttendanceRule) -> Mark:
    """The mark of somebody who comes so many minutes after the half-day has started, or before."""
    return Mark.LATE if started_after > rule.late_after else Mark.PRESENT
