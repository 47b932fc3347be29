"""Reading webhooks and their deliveries."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.api.sent import seen
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import DeliveryState, Happening
from app.platform.db import db
from app.platform.refusal import NotFound

_KNOWN = "webhooks.told"


def listed(actor: Actor) -> list[Webhook]:
    """The own first, then the latest."""
    statement = sa.select(Webhook).where(seen(Webhook, actor))
    order = (Webhook.account_id != (actor.account_id or 0), Webhook.id.desc())
    return list(db.session.scalars(statement.order_by(*order).limit(200)))


def webhook(actor: Actor, webhook_id: int) -> Webhook:
    """One that the actor sees. Raises NotFound."""
    found = db.session.scalar(sa.select(Webhook).where(Webhook.id == webhook_id, seen(Webhook, actor)))
    if found is None:
        raise NotFound
    return found


def deliveries(webhook_id: int) -> sa.Select[Any]:
    """What was sent, the latest first. The caller has checked the webhook."""
    return (
        sa.select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id).order_by(WebhookDelivery.id.desc())
    )


def delivery(webhook_id: int, delivery_id: int) -> WebhookDelivery:
    """One of a webhook. Raises NotFound."""
    found = db.session.get(WebhookDelivery, delivery_id)
    if found is None or found.webhook_id != webhook_id:
        raise NotFound
    return found


def is_told(happening: Happening) -> bool:
    """Whether any live webhook asks for it. One statement for all that happens in a transaction."""
    known: set[str] | None = db.session().info.get(_KNOWN)
    if known is None:
        rows = db.session.scalars(sa.select(Webhook.happenings).where(*_live()))
        known = db.session().info[_KNOWN] = {each for row in rows for each in row}
    return happening.value in known


def told_of(happening: Happening) -> list[Webhook]:
    """Live webhooks that ask for it."""
    rows = db.session.scalars(sa.select(Webhook).where(*_live()).order_by(Webhook.id))
    return [each for each in rows if happening.value in each.happenings]


def _live() -> Collection[sa.ColumnElement[bool]]:
    return (Webhook.ended_at.is_(None), Webhook.paused_at.is_(None))


def waiting(delivery_id: int) -> tuple[WebhookDelivery, Webhook] | None:
    """A delivery that is still to be made, with its receiver."""
    row = db.session.execute(
        sa.select(WebhookDelivery, Webhook)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(
            WebhookDelivery.id == delivery_id,
            WebhookDelivery.state.in_([DeliveryState.WAITING, DeliveryState.FAILED]),
        )
    ).first()
    return (row[0], row[1]) if row else None


def count_live(account_id: int) -> int:
    """How many receivers of an account there are."""
    live = sa.and_(Webhook.account_id == account_id, Webhook.ended_at.is_(None))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Webhook).where(live)) or 0
