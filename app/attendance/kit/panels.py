"""What phones without network add to the pages of training sessions and of the account."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.attendance.kit.policy import may_settle
from app.attendance.kit.queries.devices import phones
from app.attendance.kit.queries.held import open_count
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import Meeting, TrainingSession


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """What waits for a decision; nothing where nothing does, or where others decide."""
    waiting = open_count(thing.id) if may_settle(actor, thing) else 0
    if not waiting:
        return None
    context = {"training": thing, "waiting": waiting}
    return Panel("held", _("Marks that need attention"), "attendance/kit/panel.html", context)


def roll_call(_actor: Actor, _meeting: Meeting) -> Panel | None:
    """The way to the kit, to be opened once while there is network."""
    return Panel("kit", _("Without network"), "attendance/kit/_roll_call.html", {})


def account(actor: Actor, _thing: object) -> Panel | None:
    """The way to the own phones and those of the accounts that the actor manages; nothing where there are none."""
    if not actor.may(Permission.ATTENDANCE_MARK) or not phones(actor):
        return None
    return Panel("phones", _("Phones that mark without network"), "attendance/kit/_account.html", {})
