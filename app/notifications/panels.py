"""What notifications show on the pages of lower rooms."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.notifications import queries
from app.notifications.notices.queries import factories_to_tell
from app.notifications.wording import KINDS, STATES
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import TrainingSession
from app.sessions.policy import may_plan


def mails_of_training(actor: Actor, training: TrainingSession) -> Panel | None:
    """Which mails about a training session were sent, wait, or were refused, for who may see them."""
    if not actor.scope(Permission.MAIL_READ).reaches(training.programme_id):
        return None
    about = f"training:{training.id}"
    delivery = queries.delivery(actor, about)
    context = {
        "delivery": delivery,
        "about": about,
        "states": STATES,
        "kinds": KINDS,
        "zone": training.programme.zone,
        "training_id": training.id if may_plan(actor, training) else None,
    }
    return Panel("mails", str(_("Mails")), "notifications/_mails.html", context)


def tell_the_factory(actor: Actor, training: TrainingSession) -> Panel | None:
    """What can be hung up or pasted for people without e-mail, for each factory that holds seats."""
    found = factories_to_tell(actor, training)
    if not found:
        return None
    has_board = actor.may(Permission.FACTORIES_READ)
    context = {"factories": found, "training": training, "has_board": has_board}
    return Panel("tell", str(_("Tell the factory")), "notifications/notices/_tell.html", context)
