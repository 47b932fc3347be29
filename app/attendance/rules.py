"""What marks there are and what they count. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction


class Mark(StrEnum):
    """Attendance of one person at one meeting."""

    PRESENT = "present"
    LATE = "late"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def counts(self) -> bool:
        """Whether the half-day counts as attended. Late counts; partial does not."""
        return self in {Mark.PRESENT, Mark.LATE}


class Evidence(StrEnum):
    """How a mark is known."""

    ROLL_CALL = "roll_call"
    CORRECTION = "correction"


def attended_share(marks: Iterable[Mark | None], meetings: int) -> Fraction:
    """Share of a session's half-days that a person attended; an unmarked one is not attended, and no half-days is 0."""
    return Fraction(sum(1 for mark in marks if mark and mark.counts), meetings) if meetings else Fraction(0)
