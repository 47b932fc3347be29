"""Words and signs for marks."""

from dataclasses import dataclass, field
from typing import Any

from app.attendance.rules import Evidence, Flag, Hindrance, Mark, Standing
from app.platform.i18n import _, lazy

MARKS: dict[Mark, Any] = {
    Mark.PRESENT: lazy("Present"),
    Mark.LATE: lazy("Late"),
    Mark.PARTIAL: lazy("Partly there"),
    Mark.ABSENT: lazy("Absent"),
    Mark.EXCUSED: lazy("Excused"),
}

KINDS: dict[Mark, str] = {
    Mark.PRESENT: "done",
    Mark.LATE: "need",
    Mark.PARTIAL: "need",
    Mark.ABSENT: "harm",
    Mark.EXCUSED: "info",
}
"""Colour of a mark, in the words of the components."""

SIGNS: dict[Mark, str] = {
    Mark.PRESENT: "check-lg",
    Mark.LATE: "clock",
    Mark.PARTIAL: "circle-half",
    Mark.ABSENT: "x-lg",
    Mark.EXCUSED: "envelope",
}
"""Icon of a mark: never colour alone."""

EVIDENCE: dict[Evidence, Any] = {
    Evidence.AUTOMATIC: lazy("Nobody was marked"),
    Evidence.SELF_CHECK_IN: lazy("Checked in by the person"),
    Evidence.ROOM_JOIN: lazy("Declared by the factory"),
    Evidence.PROVIDER_REPORT: lazy("Report of the meeting"),
    Evidence.SIGNED_SHEET: lazy("Signed sheet"),
    Evidence.CARD: lazy("Card"),
    Evidence.ROLL_CALL: lazy("Roll call"),
    Evidence.SPOT_CHECK: lazy("Looked for by the trainer"),
    Evidence.CORRECTION: lazy("Correction"),
}

STRENGTHS: dict[int, Any] = {
    0: lazy("fills a gap"),
    1: lazy("said by the person or the factory, seen by nobody"),
    2: lazy("on paper, or counted by the meeting tool"),
    3: lazy("seen by whoever marked"),
    4: lazy("put right afterwards"),
}
"""How much a kind of evidence weighs, in words."""

FLAGS: dict[Flag, Any] = {
    Flag.AFTER_CANCELLATION: lazy("Marked without network, after the half-day had been cancelled"),
}
EVIDENCE_SIGNS: dict[Evidence, str] = {
    Evidence.AUTOMATIC: "dash-lg",
    Evidence.SELF_CHECK_IN: "phone",
    Evidence.ROOM_JOIN: "building",
    Evidence.PROVIDER_REPORT: "camera-video",
    Evidence.SIGNED_SHEET: "pen",
    Evidence.CARD: "person-badge",
    Evidence.ROLL_CALL: "person-check",
    Evidence.SPOT_CHECK: "eye",
    Evidence.CORRECTION: "eraser",
}
"""Icon of how a mark is known, where there is no room for words."""

STANDINGS: dict[Standing, Any] = {
    Standing.REACHED: lazy("Reached"),
    Standing.OPEN: lazy("On the way"),
    Standing.AT_RISK: lazy("At risk"),
    Standing.MISSED: lazy("Not reached"),
}

STANDING_KINDS: dict[Standing, str] = {
    Standing.REACHED: "done",
    Standing.OPEN: "plain",
    Standing.AT_RISK: "need",
    Standing.MISSED: "harm",
}

LOW: dict[Standing, Any] = {
    Standing.AT_RISK: lazy("may miss no more half-day"),
    Standing.MISSED: lazy("has missed too much to complete this training session"),
}
"""What the factory and the trainers are told of somebody."""

HINDRANCES: dict[Hindrance, Any] = {
    Hindrance.NOT_CONFIRMED: lazy("This training session is not confirmed yet. Confirm it, then take the roll call."),
    Hindrance.TRAINING_CANCELLED: lazy("This training session is cancelled. Nobody can be marked."),
    Hindrance.CLOSED: lazy("This training session is closed. Its marks stay as they are."),
    Hindrance.MEETING_CANCELLED: lazy("This half-day is cancelled. Nobody can be marked."),
    Hindrance.MEETING_POSTPONED: lazy("This half-day is postponed. Nobody can be marked until it has a date."),
    Hindrance.TOO_EARLY: lazy("The roll call opens 12 hours before the half-day starts."),
    Hindrance.ROLL_CALL_CLOSED: lazy("The roll call of this half-day is closed. Open it again to change a mark."),
    Hindrance.NO_SEAT: lazy("This person has no booked seat in this training session."),
}


def marker_words(marker: str) -> str:
    """What a device or a file is called that marked; empty for accounts and people, who have names."""
    kind, _colon, own = marker.partition(":")
    if kind == "kit":
        return _("Device %(name)s", name=own[:8])
    return _("Report %(number)s", number=own) if kind == "report" else ""


@dataclass(frozen=True)
class Words:
    """What templates look up."""

    mark: dict[Mark, Any] = field(default_factory=lambda: MARKS)
    kind: dict[Mark, str] = field(default_factory=lambda: KINDS)
    sign: dict[Mark, str] = field(default_factory=lambda: SIGNS)
    evidence: dict[Evidence, Any] = field(default_factory=lambda: EVIDENCE)
    strength: dict[int, Any] = field(default_factory=lambda: STRENGTHS)
    flag: dict[Flag, Any] = field(default_factory=lambda: FLAGS)
    evidence_sign: dict[Evidence, str] = field(default_factory=lambda: EVIDENCE_SIGNS)
    standing: dict[Standing, Any] = field(default_factory=lambda: STANDINGS)
    standing_kind: dict[Standing, str] = field(default_factory=lambda: STANDING_KINDS)
    low: dict[Standing, Any] = field(default_factory=lambda: LOW)


WORDS = Words()
