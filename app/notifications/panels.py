"""What notifications show on the pages of lower rooms."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.notifications import queries
from app.notifications.notices.queries import factories_to_tell
from app.notifications.wording import KINDS, STATES
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import TrainingSession


def mails_of_training(actor: Actor, training: TrainingSession) -> Panel | None:
    """Which mails about a training session were sent, wait, or were refused, for who may see them."""
    if not actor.scope(Permission.MAIL_READ).reaches(training.programme_id):
        return None
    about = f"training:{training.id}"
    delivery = queries.delivery(actor, about)
    context = {"delivery": delivery, "about": about, "states": STATES, "kinds": KINDS, "zone": training.programme.zone}
    return Panel("mails", str(_("Mails")), "notifications/_mails.html", context)


def tell_the_factory(actor: Actor, training: TrainingSession) -> Panel | None:
    """What can be hung up or pasted for people without e-mail, for each factory that holds seats."""
    found = factories_to_tell(actor, training)
    if not found:
        return None
    has_board = actor.may(Permission.FACTORIES_READ)
    context = {"factories": found, "training": training, "has_board": has_board}
    return Panel("tell", str(_("Tell the factory")), "notifications/notices/_tell.html", context)


def choices(_actor: Actor, _account: Account) -> Panel:
    """The way to what one is told."""
    return Panel("notifications", str(_("Mails to you")), "notifications/digests/_choices_link.html", {})
