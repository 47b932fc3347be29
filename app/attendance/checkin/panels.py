"""What checking in adds to the page of a roll call."""

from app.access.actor import Actor
from app.attendance.checkin.queries import numbers
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting


def roll_call(_actor: Actor, thing: Meeting) -> Panel | None:
    """The ways to the code on the screen, to the cards, and to who checked in. The caller has checked who may."""
    came, waiting = numbers(thing.id)
    context = {"meeting": thing, "came": came, "waiting": waiting}
    return Panel("check-in", _("Check in"), "attendance/checkin/panel.html", context)
