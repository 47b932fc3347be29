"""What the marks of a person come to, by the rule of the course version. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.attendance.rules.marks import Mark
from app.attendance.rules.minutes import AttendanceRule
from app.courses.rules import AttendanceBy


class Standing(StrEnum):
    """How a person stands to the share of attendance that the course asks for."""

    REACHED = "reached"
    OPEN = "open"
    AT_RISK = "at_risk"
    MISSED = "missed"

    @property
    def is_low(self) -> bool:
        """Whether somebody should know: the person may miss no more, or has missed too much."""
        return self in {Standing.AT_RISK, Standing.MISSED}


@dataclass(frozen=True)
class HalfDay:
    """One half-day of one person: how many minutes it has, the mark or None, and the minutes there where known."""

    of: int
    mark: Mark | None = None
    minutes: int | None = None


def attended_share(half_days: Sequence[HalfDay], rule: AttendanceRule) -> Fraction:
    """Share of a session's half-days, or of their minutes, that a person attended; no half-days is 0.

    An unmarked half-day is not attended. By half-days present and late count. By minutes they count the minutes that
    are known, else the whole; partly there counts its minutes; absent and excused count nothing.
    """
    whole = sum(_weight(each, rule) for each in half_days)
    return Fraction(sum(_attended(each, rule) for each in half_days), whole) if whole else Fraction(0)


def was_attended(half_day: HalfDay, rule: AttendanceRule) -> bool:
    """Whether a half-day adds to the share that a person attended."""
    return _attended(half_day, rule) > 0


def standing(half_days: Sequence[HalfDay], needed: Fraction, rule: AttendanceRule) -> Standing:
    """How a person stands, given every half-day that is held and the share that is asked for.

    A half-day without a mark can still be attended. At risk is who has missed something and may miss no more half-day.
    """
    attended = sum(_attended(each, rule) for each in half_days)
    open_ones = [_weight(each, rule) for each in half_days if each.mark is None]
    whole = sum(_weight(each, rule) for each in half_days)
    best, least = attended + sum(open_ones), needed * whole
    if half_days and attended >= least:
        return Standing.REACHED
    if best < least:
        return Standing.MISSED
    return Standing.AT_RISK if best < whole and best - min(open_ones, default=0) < least else Standing.OPEN


def _weight(half_day: HalfDay, rule: AttendanceRule) -> int:
    return 1 if rule.by is AttendanceBy.HALF_DAYS else max(half_day.of, 1)


def _attended(half_day: HalfDay, rule: AttendanceRule) -> int:
    mark, whole = half_day.mark, _weight(half_day, rule)
    if mark is None or not (mark.counts or mark is Mark.PARTIAL):
        return 0
    if rule.by is AttendanceBy.HALF_DAYS or half_day.minutes is None:
        return whole if mark.counts else 0
    return max(0, min(half_day.minutes, whole))


@dataclass(frozen=True)
class Tally:
    """How many people of a half-day have which mark."""

    total: int
    by_mark: Counter[Mark]

    @property
    def there(self) -> int:
        """People whose mark counts: present or late."""
        return sum(number for mark, number in self.by_mark.items() if mark.counts)

    @property
    def unmarked(self) -> int:
        return self.total - self.by_mark.total()


def tally(marks: Sequence[Mark | None]) -> Tally:
    """Count the marks of one half-day; None stands for a person without a mark."""
    return Tally(len(marks), Counter(mark for mark in marks if mark))
