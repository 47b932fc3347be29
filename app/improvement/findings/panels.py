"""Findings on other rooms' pages."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.improvement.findings import queries
from app.improvement.findings.showing import WORDS, by_theme
from app.platform.i18n import _
from app.platform.web.panels import Panel


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """On the page of a factory: how much of each theme is not closed."""
    if not actor.scope(Permission.FINDINGS_READ).reaches(factory.programme_id, factory.id):
        return None
    context = {
        "factory": factory,
        "themes": lambda: by_theme(queries.counts(factory.id)),  # asked only where it is shown
        "words": WORDS,
    }
    return Panel("findings", _("Findings"), "improvement/findings/_panel.html", context)
