"""The way to the data of a person."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.merging.queries import person_for
from app.factories.models import Person
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web.panels import Panel


def person_page(actor: Actor, person: Person) -> Panel | None:
    """For those who may manage privacy in every programme of the person."""
    if not actor.may(Permission.PRIVACY_MANAGE):
        return None
    try:
        person_for(actor, person.id, Permission.PRIVACY_MANAGE)
    except NotFound:
        return None
    return Panel("privacy", _("Privacy"), "privacy/_panel.html", {"person": person})
