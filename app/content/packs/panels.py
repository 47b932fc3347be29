"""Packs on the page of the requirements of a programme."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.packs.reading import packs
from app.factories.models import Programme
from app.platform.i18n import _
from app.platform.web.panels import Panel


def requirements(actor: Actor, programme: Programme) -> Panel | None:
    """What can be taken over: the pack of the country, and the one of every programme."""
    if not actor.scope(Permission.REQUIREMENTS_MANAGE).reaches(programme.id):
        return None
    found = [each for each in packs() if each.country in {None, programme.country}]
    if not found:
        return None
    context = {"packs": found, "programme": programme}
    return Panel("packs", _("What is usually required"), "content/packs/_packs.html", context)
