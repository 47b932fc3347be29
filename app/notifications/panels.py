"""What notifications show on the pages of lower rooms."""

from flask import url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.factories.models import Factory, Person
from app.factories.queries import person as employed
from app.notifications import queries
from app.notifications.notices.queries import factories_to_tell
from app.notifications.wording import KINDS, STATES
from app.platform.i18n import _
from app.platform.refusal import NotFound
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


def choices(_actor: Actor, _account: Account) -> Panel:
    """The way to what one is told."""
    return Panel("notifications", str(_("Mails to you")), "notifications/digests/_choices_link.html", {})


def told_person(actor: Actor, person: Person) -> Panel | None:
    """The way to what a person was told, for who reads mails."""
    if not actor.may(Permission.MAIL_READ):
        return None
    try:
        employed(actor, person.id, Permission.MAIL_READ)
    except NotFound:
        return None
    return _told(url_for("told.of_person", person_id=person.id))


def told_factory(actor: Actor, factory: Factory) -> Panel | None:
    """The way to what a factory was told, for who reads its mails."""
    if not actor.scope(Permission.MAIL_READ).reaches(factory.programme_id, factory.id):
        return None
    return _told(url_for("told.of_factory", code=factory.code))


def told_account(_actor: Actor, account_id: int) -> Panel:
    """The way to what an account was told."""
    return _told(url_for("told.of_account", account_id=account_id))


def _told(address: str) -> Panel:
    return Panel("told", str(_("What was told")), "notifications/told/_link.html", {"address": address})
