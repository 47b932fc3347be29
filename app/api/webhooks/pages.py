"""Contexts of the pages of webhooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.api.webhooks.forms import WebhookForm
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import DeliveryState
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class WebhooksPage(Page):
    """The webhooks that the reader may change."""

    template: ClassVar[str] = "api/webhooks/webhooks.html"
    webhooks: Sequence[Webhook]


@dataclass(frozen=True)
class NewWebhookPage(Page):
    """The form of one more."""

    template: ClassVar[str] = "api/webhooks/new_webhook.html"
    form: WebhookForm


@dataclass(frozen=True)
class WebhookPage(Page):
    """One, with what was sent to it. `secret` is told once, when it was made."""

    template: ClassVar[str] = "api/webhooks/webhook.html"
    webhook: Webhook
    secret: str
    slice: Slice[WebhookDelivery]
    came: Mapping[int, DeliveryState]
    """Delivery -> what came of it."""
    happenings: Mapping[Any, Any]
    states: Mapping[Any, Any]
    problems: Mapping[str, Any]
    previous_url: str
    next_url: str
