"""The way to the own tokens and webhooks, on the page of the account."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.web.panels import Panel


def account(actor: Actor, _thing: object) -> Panel | None:
    """Nothing for who may not make any."""
    if not actor.may(Permission.TOKENS_MANAGE):
        return None
    context = {"has_webhooks": actor.may(Permission.WEBHOOKS_MANAGE)}
    return Panel("programs", _("Other programs"), "api/tokens/_account.html", context)
