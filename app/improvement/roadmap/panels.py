"""Roadmaps on other rooms' pages."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.improvement.roadmap import queries
from app.improvement.roadmap.pages import WORDS
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web.panels import Panel

MOST = 5


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """On the page of a factory: what is due next."""
    if not actor.scope(Permission.ROADMAP_READ).reaches(factory.programme_id, factory.id):
        return None
    context = {
        "factory": factory,
        "actions": lambda: queries.of_factory(factory.id, chosen=queries.ActionFilter())[:MOST],
        "day": today(factory.programme.zone),
        "words": WORDS,
    }
    return Panel("roadmap", _("Roadmap"), "improvement/roadmap/_panel.html", context)
