"""What becomes of a record that a phone brings. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.attendance.rules import OPENS_BEFORE
from app.sessions.rules import MeetingState, TrainingState

PASS_LASTS = timedelta(days=30)
"""How long a phone may deliver after it was last seen signed in."""


class Kind(StrEnum):
    """What a record is about; the letter stands in the record."""

    MARK = "m"
    CARD = "c"
    GUEST = "g"
    SCORE = "s"
    PHOTO = "p"
    UNREAD = "-"
    """It could not be read."""


class Result(StrEnum):
    """What the receipt says."""

    COUNTED = "counted"
    AFTER_CANCELLATION = "after_cancellation"
    HELD = "held"


class Reason(StrEnum):
    """Why a record is held until a person has looked at it."""

    UNKNOWN_PERSON = "unknown-person"
    CLOSED_SESSION = "closed-session"
    CONFLICT = "conflict"
    MALFORMED = "malformed"
    FORBIDDEN = "forbidden"


class Detail(StrEnum):
    """The reason in detail."""

    SEAT_WITHDRAWN = "seat_withdrawn"
    NO_SEAT = "no_seat"
    NO_PERSON = "no_person"
    CARD = "card"
    CLOSED = "closed"
    ROLL_CALL_CLOSED = "roll_call_closed"
    SAME_ID = "same_id"
    MOVED = "moved"
    POSTPONED = "postponed"
    NOT_CONFIRMED = "not_confirmed"
    TOO_EARLY = "too_early"
    TEST = "test"
    SEALED = "sealed"
    UNKNOWN_KEY = "unknown_key"
    VERSION = "version"
    FIELDS = "fields"
    MEETING = "meeting"
    PHOTO = "photo"
    TOO_LARGE = "too_large"
    TROUBLE = "trouble"
    ACCOUNT = "account"
    RIGHT_LOST = "right_lost"
    NO_SHEET = "no_sheet"

    @property
    def reason(self) -> Reason:
        """The one of the five reasons that it belongs to."""
        return _REASONS[self]


_DETAILS = {
    Reason.UNKNOWN_PERSON: (Detail.SEAT_WITHDRAWN, Detail.NO_SEAT, Detail.NO_PERSON, Detail.CARD),
    Reason.CLOSED_SESSION: (Detail.CLOSED, Detail.ROLL_CALL_CLOSED),
    Reason.CONFLICT: (
        Detail.SAME_ID, Detail.MOVED, Detail.POSTPONED, Detail.NOT_CONFIRMED, Detail.TOO_EARLY, Detail.TEST,
    ),
    Reason.MALFORMED: (
        Detail.SEALED, Detail.UNKNOWN_KEY, Detail.VERSION, Detail.FIELDS, Detail.MEETING, Detail.PHOTO,
        Detail.TOO_LARGE, Detail.TROUBLE,
    ),
    Reason.FORBIDDEN: (Detail.ACCOUNT, Detail.RIGHT_LOST, Detail.NO_SHEET),
}  # fmt: skip
_REASONS = {detail: reason for reason, details in _DETAILS.items() for detail in details}


class Decision(StrEnum):
    """What a person did with a held record."""

    TAKEN_DOWN = "taken_down"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class Scene:
    """How a half-day stands when a record about it arrives.

    `day` is the one on which it is held by the clock on its wall, `day_seen` the same on the sheet that the phone had,
    None where it never had one; `may` says whether the account may mark it now.
    """

    training: TrainingState
    meeting: MeetingState
    starts_at: datetime
    day: date
    day_seen: date | None
    may: bool
    is_closed: bool = False
    """Whether the roll call of the half-day is."""

    @property
    def is_cancelled(self) -> bool:
        """Marks are kept and count for nothing."""
        return self.training is TrainingState.CANCELLED or self.meeting is MeetingState.CANCELLED


_HOLDS = {
    TrainingState.CLOSED: Detail.CLOSED,
    TrainingState.DRAFT: Detail.NOT_CONFIRMED,
    TrainingState.TENTATIVE: Detail.NOT_CONFIRMED,
    TrainingState.POSTPONED: Detail.POSTPONED,
}


def held_by(scene: Scene, kind: Kind, at: datetime) -> Detail | None:
    """Why a record about a half-day is held that arrives at this moment, or None. No clock of a phone has a say.

    The right is asked for twice: the sheet proves it at the time of the mark, `may` at the arrival. A half-day that was
    moved within its day is the same; on another day nobody can say which of the two was meant. A photo is evidence
    whatever has become of the half-day.
    """
    if scene.day_seen is None:
        return Detail.NO_SHEET
    if not scene.may:
        return Detail.RIGHT_LOST
    if scene.is_cancelled or kind is Kind.PHOTO:
        return None
    if scene.training in _HOLDS:
        return _HOLDS[scene.training]
    if scene.meeting is MeetingState.POSTPONED:
        return Detail.POSTPONED
    if scene.day != scene.day_seen:
        return Detail.MOVED
    if scene.is_closed:
        return Detail.ROLL_CALL_CLOSED
    return Detail.TOO_EARLY if at < scene.starts_at - OPENS_BEFORE else None
