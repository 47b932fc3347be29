"""What accounts add to other rooms' pages."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel


def person(actor: Actor, factory: Factory) -> Panel | None:
    """The way to a new PIN, in the row of a person of the factory."""
    if not actor.scope(Permission.PEOPLE_PIN).reaches(factory.programme_id, factory.id):
        return None
    return Panel("pin", _("New PIN"), "accounts/_pin_link.html", {"code": factory.code})
