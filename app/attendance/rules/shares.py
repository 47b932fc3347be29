"""What the marks of a person come to. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.attendance.rules.marks import Mark


class Standing(StrEnum):
    """How a person stands to the share of half-days that the course asks for."""

    REACHED = "reached"
    OPEN = "open"
    AT_RISK = "at_risk"
    MISSED = "missed"


def attended_share(marks: Iterable[Mark | None], meetings: int) -> Fraction:
    """Share of a session's half-days that a person attended; an unmarked one is not attended, and no half-days is 0."""
    return Fraction(sum(1 for mark in marks if mark and mark.counts), meetings) if meetings else Fraction(0)


def standing(marks: Sequence[Mark | None], needed: Fraction) -> Standing:
    """How a person stands, given one mark - or None - for each planned half-day and the share that is asked for.

    A half-day without a mark can still be attended. At risk is who has missed one and may miss no more.
    """
    attended = sum(1 for mark in marks if mark and mark.counts)
    unmarked = sum(1 for mark in marks if mark is None)
    least = needed * len(marks)
    if marks and attended >= least:
        return Standing.REACHED
    if attended + unmarked < least:
        return Standing.MISSED
    has_missed = attended + unmarked < len(marks)
    return Standing.AT_RISK if has_missed and attended + unmarked - 1 < least else Standing.OPEN


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
