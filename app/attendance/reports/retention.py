"""Names in reports of meetings are kept for a time; the minutes of who was there stay."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Participants of meetings that were long enough ago, who still have a name or an address."""
    before = months_before(now(), settings().keep_evidence_months)
    says = sa.or_(ReportParticipant.display_name != "", ReportParticipant.email.is_not(None))
    old = (
        sa.select(MeetingReport.id)
        .join(Meeting, Meeting.id == MeetingReport.meeting_id)
        .where(Meeting.ends_at <= before, MeetingReport.at <= before)
    )
    if programmes is not None:
        old = old.join(TrainingSession, TrainingSession.id == Meeting.training_id).where(
            TrainingSession.programme_id.in_(programmes)
        )
    named = sa.select(ReportParticipant.id).where(says, ReportParticipant.report_id.in_(old))
    return named.order_by(ReportParticipant.id)


def forget(participant_ids: Collection[int]) -> list[str]:
    """Take names and addresses out, and the key that is made of them."""
    rows = sa.select(ReportParticipant).where(ReportParticipant.id.in_(participant_ids))
    for row in db.session.scalars(rows):
        row.display_name, row.email, row.key = "", None, f"forgotten-{row.id}"
    db.session.flush()
    return []
