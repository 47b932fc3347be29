"""Who is there, as the roll call says it."""

import sqlalchemy as sa

from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.platform.db import db
from app.sessions.models import Meeting

_THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)


def present_at(training_id: int) -> frozenset[int] | None:
    """People who are marked as there at the half-day that was marked last; None while nobody was marked in any."""
    marks = (
        sa.select(Meeting.id)
        .join(CurrentMark, CurrentMark.meeting_id == Meeting.id)
        .where(Meeting.training_id == training_id)
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    meeting_id = db.session.scalar(marks)
    if meeting_id is None:
        return None
    there = sa.select(CurrentMark.person_id).where(
        CurrentMark.meeting_id == meeting_id, CurrentMark.mark.in_(_THERE)
    )
    return frozenset(db.session.scalars(there))
