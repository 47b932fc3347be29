"""Whether the roll call of a half-day is closed, and who should be warned of."""

import sqlalchemy as sa

from app.attendance import rules
from app.attendance.models import RollCall
from app.attendance.queries.marks import Known, marks_of
from app.attendance.queries.rule import half_days, needed_share, rule_of
from app.attendance.rules import Standing
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting
from app.sessions.rules import MeetingState


def closed_roll_call(meeting_id: int) -> RollCall | None:
    """The roll call of a half-day while it is closed."""
    return db.session.scalar(
        sa.select(RollCall).where(RollCall.meeting_id == meeting_id, RollCall.closed_at.is_not(None))
    )


def low_after(meeting: Meeting) -> dict[int, Standing]:
    """How those stand who missed this half-day, wholly or in part, and may miss no more or have missed too much."""
    training = meeting.training
    held = [each for each in training.meetings if each.state is not MeetingState.CANCELLED]
    marks, rule, needed = marks_of(training.id), rule_of(training.version), needed_share(training.version)
    found = {
        seat.person_id: rules.standing(half_days(held, marks, seat.person_id), needed, rule)
        for seat in sessions.booked(training.id)
        if _missed(marks.get((seat.person_id, meeting.id)))
    }
    return {person_id: standing for person_id, standing in found.items() if standing.is_low}


def _missed(known: Known | None) -> bool:
    return known is not None and not known.mark.counts
