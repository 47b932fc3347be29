"""Waivers on the page of a factory."""

from functools import partial

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.requirements import labels
from app.coverage.requirements.queries import waivers
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web.panels import Panel


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """Who at the factory need not meet what for now."""
    if not actor.scope(Permission.COVERAGE_READ).reaches(factory.programme_id, factory.id):
        return None
    day = today(factory.programme.zone)
    context = {
        "rows": partial(waivers.running, actor, factory.id, day),  # asked only where it is shown
        "today": day,
        "reasons": labels.REASONS,
        "factory": factory,
        "may_waive": actor.scope(Permission.WAIVERS_MANAGE).reaches(factory.programme_id, factory.id),
    }
    return Panel("exemptions", _("Exemptions"), "coverage/requirements/_waivers.html", context)
