"""What the overview adds to the pages of others."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting


def roll_call(_actor: Actor, meeting: Meeting) -> Panel | None:
    """The way to the board of the half-day."""
    return Panel("board", _("Board"), "attendance/overview/_roll_call.html", {"meeting": meeting})
