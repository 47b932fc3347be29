"""When marks may be taken. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.attendance.rules.marks import Evidence
from app.sessions.rules import MeetingState, SeatState, TrainingState

OPENS_BEFORE = timedelta(hours=12)
"""How long before a half-day starts its roll call opens."""
CORRECTION_AFTER = timedelta(hours=12)
"""How long after a half-day has ended a mark still is roll call; later it corrects."""


class Hindrance(StrEnum):
    """Why nobody, or this person, can be marked."""

    NOT_CONFIRMED = "not_confirmed"
    TRAINING_CANCELLED = "training_cancelled"
    CLOSED = "closed"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_POSTPONED = "meeting_postponed"
    TOO_EARLY = "too_early"
    ROLL_CALL_CLOSED = "roll_call_closed"
    NO_SEAT = "no_seat"


class Flag(StrEnum):
    """What is odd about a mark that was taken down all the same."""

    AFTER_CANCELLATION = "after_cancellation"
    """Made without network at a half-day that had been cancelled meanwhile: kept, and counted for nothing."""


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
    training: TrainingState, meeting: MeetingState, starts_at: datetime, at: datetime, *, is_closed: bool = False
) -> Hindrance | None:
    """Why the roll call of a half-day cannot be taken at this moment, or None.

    Only a confirmed training session is marked, from 12 hours before the half-day starts and as long as it is not
    closed: a forgotten mark can be added and a wrong one corrected until then. Where the roll call of the half-day
    itself was closed (`is_closed`), it has to be opened again first.
    """
    if training in _HINDERS:
        return _HINDERS[training]
    if meeting in _HINDERS_MEETING:
        return _HINDERS_MEETING[meeting]
    if is_closed:
        return Hindrance.ROLL_CALL_CLOSED
    return Hindrance.TOO_EARLY if at < starts_at - OPENS_BEFORE else None


def markable(seat: SeatState, roll_call: Hindrance | None) -> Hindrance | None:
    """Why a person with this seat cannot be marked, or None."""
    return roll_call or (None if seat is SeatState.BOOKED else Hindrance.NO_SEAT)


def evidence_at(evidence: Evidence, ends_at: datetime, at: datetime, *, by_device: bool = False) -> Evidence:
    """What a roll call rests on: long after the half-day it is a correction. Other evidence stays what it is, and so
    does what a device took down that counts for itself: it may only have come late.
    """
    is_late = at > ends_at + CORRECTION_AFTER and not by_device
    return Evidence.CORRECTION if evidence is Evidence.ROLL_CALL and is_late else evidence
