"""What reports add to the roll call."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.platform.db import db
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting
from app.sessions.policy import may_take_roll


def roll_call(actor: Actor, meeting: Meeting) -> Panel | None:
    """The way to the report of the meeting, and how many names wait there."""
    if not may_take_roll(actor, meeting.training):
        return None
    waiting = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(ReportParticipant)
        .join(MeetingReport, MeetingReport.id == ReportParticipant.report_id)
        .where(MeetingReport.meeting_id == meeting.id, ReportParticipant.decision.is_(None))
    )
    context = {"meeting": meeting, "waiting": waiting}
    return Panel("meeting-report", _("Report of the meeting"), "attendance/reports/_panel.html", context)
