"""What sheets add to the pages of others."""

from app.access.actor import Actor
from app.attendance.sheets.policy import may_print
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting, TrainingSession
from app.sessions.policy import may_take_roll
from app.sessions.rules import MeetingState


def roll_call(_actor: Actor, meeting: Meeting) -> Panel | None:
    """The way to the sheets of the half-day."""
    return Panel("sheets", _("Sign-in sheet"), "attendance/sheets/_roll_call.html", {"meeting": meeting})


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """For a factory with a room of its own: its sheets. Who takes the roll finds them on the roll call."""
    has_own = any(may_print(actor, thing, site) for site in thing.sites)
    meetings = [meeting for meeting in thing.meetings if meeting.state is MeetingState.PLANNED]
    if not has_own or not meetings or may_take_roll(actor, thing):
        return None
    context = {"training": thing, "meetings": meetings}
    return Panel("sheets", _("Sign-in sheets"), "attendance/sheets/_training.html", context)
