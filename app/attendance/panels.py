"""What attendance adds to the page of a training session."""

from app.access.actor import Actor
from app.attendance.queries.register import register
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions import policy as sessions_policy
from app.sessions.models import TrainingSession
from app.sessions.policy import may_take_roll


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """The half-days with their tallies, and the way to the roll call; a factory sees the way to its register only."""
    sees_all = sessions_policy.sees_all_seats(actor, thing)
    found = register(actor, thing)
    context = {
        "training": thing,
        "register": found,
        "tallies": {meeting.id: found.tally_of(meeting) for meeting in found.meetings} if sees_all else {},
        "may_mark": may_take_roll(actor, thing),
    }
    return Panel("attendance", _("Attendance"), "attendance/panel.html", context)
