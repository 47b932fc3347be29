"""What is decided about the participants of a report, and what their minutes come to. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.attendance.reports.people import together
from app.attendance.reports.results import Participant
from app.attendance.reports.spans import Span, cut, seconds
from app.attendance.rules import AttendanceRule, Mark, mark_of_minutes


class Decision(StrEnum):
    """Who a participant is, as a person said. Who is not decided yet waits."""

    PERSON = "person"
    NOBODY = "nobody"
    """Nobody of the training session: a wrong caller, a second device of nobody."""
    STAFF = "staff"
    ROOM = "room"
    GUEST = "guest"
    """Somebody of the training session whom no list knows."""


@dataclass(frozen=True)
class Choice:
    """A decision with what it is about."""

    decision: Decision
    person_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True)
class Attendance:
    """What a report says of one person."""

    minutes: int
    mark: Mark


def key_of(identity: str) -> str:
    """A name or address as a number of fixed length: it can be found again, and nothing is read in it."""
    return hashlib.sha256(identity.encode()).hexdigest()


def attendance(
    participants: Sequence[Participant], parts: Sequence[Span], planned: Span, rule: AttendanceRule
) -> Attendance:
    """What minutes come to, each counted once. They are a share of the half-day as it was held: a meeting that ended
    early is whole when it ended, and of one that went on for longer only the half-day counts. Late is who came after
    the later of plan and meeting.
    """
    whole = int((planned[1] - planned[0]).total_seconds())
    inside = cut(parts, [planned])
    if seconds(parts) > whole and 2 * seconds(inside) >= whole:
        parts = inside
        participants = [
            each if each.spans is None else replace(each, spans=tuple(cut(each.spans, parts))) for each in participants
        ]
    held = seconds(parts) or None
    of = min(whole, held) if held else whole
    there = together(participants, held)
    began = max([planned[0], *(start for start, _ in parts[:1])])
    came = min((moment for each in participants for moment in _begins(each)), default=began)
    late = max(0.0, (came - began).total_seconds() / 60)
    return Attendance(there // 60, mark_of_minutes(there / 60, of / 60, late, rule))


def _begins(participant: Participant) -> list[datetime]:
    if participant.spans:
        return [participant.spans[0][0]]
    return [participant.first_joined] if participant.first_joined else []


def mark_id(report_id: int, person_id: int, counter: int) -> str:
    """The id of what a report says of a person the so-manieth time: the same again is the same mark."""
    return hashlib.sha256(f"report:{report_id}:{person_id}:{counter}".encode()).hexdigest()[:32]
