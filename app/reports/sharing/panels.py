"""What a factory shows its buyers, on its page."""

from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.reports.sharing import queries
from app.reports.sharing.pages import TELLING


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """All consents, live and over."""
    if not actor.scope(Permission.SHARING_READ).reaches(factory.programme_id, factory.id):
        return None
    may_consent = actor.scope(Permission.SHARING_CONSENT).reaches(factory.programme_id, factory.id)
    content = partial(_content, factory, may_consent=may_consent)
    return Panel("sharing", _("Shown to buyers"), "reports/sharing/_panel.html", content)


def _content(factory: Factory, *, may_consent: bool) -> dict[str, Any]:
    return {
        "factory": factory, "consents": queries.of_factory(factory.id), "may_consent": may_consent, "telling": TELLING,
    }
