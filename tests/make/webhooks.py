"""Webhooks, and what was sent to them."""

from secrets import token_hex

from app.accounts.models import Account
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import TOLD, DeliveryState, Happening, new_secret
from app.platform.clock import now
from app.platform.db import db

URL = "https://receiver.example/hook"


def webhook(owner: Account, *happenings: Happening, url: str = URL, **values: object) -> Webhook:
    """A live webhook of an account; it is told everything unless something is named."""
    defaults = {"name": "Dashboard", "happenings": [each.value for each in happenings or TOLD], "secret": new_secret(b"s" * 32)}
    row = Webhook(sent_id=token_hex(16), account_id=owner.id, url=url, created_at=now(), **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    return row


def delivery(to: Webhook, happening: Happening = Happening.PING, thing_id: int = 0) -> WebhookDelivery:
    """One that waits."""
    row = WebhookDelivery(
        webhook_id=to.id, key=token_hex(16), happening=happening, thing_id=thing_id, happened_at=now(), state=DeliveryState.WAITING, tries=0,
    )
    db.session.add(row)
    db.session.flush()
    return row


def sent(owner: Account, mark: str) -> dict[str, object]:
    """A webhook that was told something; it is ended, so that nothing is told in the meantime."""
    to = webhook(owner, name=f"{mark} receiver", ended_at=now())
    return {"webhook_id": to.id, "delivery_id": delivery(to).id}
