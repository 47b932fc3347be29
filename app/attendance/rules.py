"""What marks there are, when they may be taken and what they count. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from app.sessions.rules import MeetingState, SeatState, TrainingState

OPENS_BEFORE = timedelta(hours=12)
"""How long before a half-day starts its roll call opens."""
CORRECTION_AFTER = timedelta(hours=12)
"""How long after a half-day has ended a mark still is roll call; later it corrects."""

_MARK_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


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


class Hindrance(StrEnum):
    """Why nobody, or this person, can be marked."""

    NOT_CONFIRMED = "not_confirmed"
    TRAINING_CANCELLED = "training_cancelled"
    CLOSED = "closed"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_POSTPONED = "meeting_postponed"
    TOO_EARLY = "too_early"
    NO_SEAT = "no_seat"


class Standing(StrEnum):
    """How a person stands to the share of half-days that the course asks for."""

    REACHED = "reached"
    OPEN = "open"
    AT_RISK = "at_risk"
    MISSED = "missed"


_HINDERS = {
    TrainingState.DRAFT: Hindrance.NOT_CONFIRMED,
    TrainingState.TENTATIVE: Hindrance.NOT_CONFIRMED,
    TrainingState.CANCELLED: Hindrance.TRAINING_CANCELLED,
    TrainingState.CLOSED: Hindrance.CLOSED,
}
_HINDERS_MEETING = {
    MeetingState.CANCELLED: Hindrance.MEETING_CANCELLED,
    MeetingState.POSTPONED: Hindrance.MEETING_POSTPONED,
}


def hindrance(
    training: TrainingState, meeting: MeetingState, starts_at: datetime, at: datetime
) -> Hindrance | None:
    """Why the roll call of a half-day cannot be taken at this moment, or None.

    Only a confirmed training session is marked, from 12 hours before the half-day starts and as long as it is not
    closed: a forgotten mark can be added and a wrong one corrected until then.
    """
    if training in _HINDERS:
        return _HINDERS[training]
    if meeting in _HINDERS_MEETING:
        return _HINDERS_MEETING[meeting]
    return Hindrance.TOO_EARLY if at < starts_at - OPENS_BEFORE else None


def markable(seat: SeatState, roll_call: Hindrance | None) -> Hindrance | None:
    """Why a person with this seat cannot be marked, or None."""
    return roll_call or (None if seat is SeatState.BOOKED else Hindrance.NO_SEAT)


def evidence_at(evidence: Evidence, ends_at: datetime, at: datetime) -> Evidence:
    """What a mark rests on: long after the half-day it is a correction, through whatever door it comes."""
    return Evidence.CORRECTION if at > ends_at + CORRECTION_AFTER else evidence


def is_mark_id(text: str) -> bool:
    """Whether this is the number of a mark: 128 bits as 32 small hexadecimal digits."""
    return bool(_MARK_ID.fullmatch(text))


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
