"""What factories declared in a training session, half-day by half-day, and what was seen of it."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession


@dataclass(frozen=True)
class Told:
    """People of one half-day: of how many a factory said that they were there, and how many the trainer looked for."""

    meeting: Meeting
    declared: int
    seen: int
    missed: int


def told(training: TrainingSession) -> list[Told]:
    """The half-days at which a factory declared somebody. Two statements."""
    meetings = {meeting.id: meeting for meeting in training.meetings}
    declared = sa.select(MarkEntry.meeting_id, sa.func.count(MarkEntry.person_id.distinct())).where(
        MarkEntry.meeting_id.in_(meetings), MarkEntry.evidence == Evidence.ROOM_JOIN
    )
    rows = db.session.execute(declared.group_by(MarkEntry.meeting_id))
    counts = {meeting_id: number for meeting_id, number in rows}  # noqa: C416 - rows are not pairs to a type checker
    if not counts:
        return []
    checked: dict[int, list[bool]] = {}
    looked = sa.select(CurrentMark.meeting_id, CurrentMark.mark).where(
        CurrentMark.meeting_id.in_(counts), CurrentMark.evidence == Evidence.SPOT_CHECK
    )
    for meeting_id, mark in db.session.execute(looked):
        checked.setdefault(meeting_id, []).append(mark.counts)
    return [
        Told(meeting, counts[each], checked.get(each, []).count(True), checked.get(each, []).count(False))
        for each, meeting in meetings.items()
        if each in counts
    ]
