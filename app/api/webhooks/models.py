"""Webhooks and what was sent to them. They hold numbers of things, never what is told: that is read when it is sent."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.api.sent import SentOnce
from app.api.webhooks.rules import DeliveryState, Happening
from app.platform.clock import now
from app.platform.db import Base


class Webhook(SentOnce):
    """A receiver of an account. It is told what its owner sees, and no more."""

    __tablename__ = "webhook"

    name: Mapped[str]
    url: Mapped[str]
    happenings: Mapped[list[str]]
    """Values of `rules.Happening`."""
    secret: Mapped[str]
    """With which each message is signed: the worker needs it as it is."""
    old_secret: Mapped[str | None]
    """The one before it, with which messages are signed too until `old_secret_until`."""
    old_secret_until: Mapped[datetime | None]
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    """When anything was sent to it last; None once its owner wants it tried at once."""
    paused_at: Mapped[datetime | None]
    """It failed for so long that nothing is sent, until its owner says so."""
    ended_at: Mapped[datetime | None]

    @property
    def secrets(self) -> list[str]:
        """With which a message is signed now; each of them is enough for whoever checks."""
        is_both = self.old_secret_until is not None and self.old_secret_until > now()
        return [self.secret, self.old_secret] if is_both and self.old_secret else [self.secret]


class WebhookDelivery(Base):
    """One happening, told to one receiver."""

    __tablename__ = "webhook_delivery"

    webhook_id: Mapped[int] = mapped_column(sa.ForeignKey("webhook.id"))
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """By which the receiver knows what it was told already."""
    happening: Mapped[Happening]
    thing_id: Mapped[int]
    happened_at: Mapped[datetime]
    state: Mapped[DeliveryState]
    tries: Mapped[int]
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    """What the receiver answered last."""
    problem: Mapped[str | None]
    """Why nothing was sent, in one word of `sending.Problem`."""

    __table_args__ = (sa.Index("ix_webhook_delivery_webhook", "webhook_id", "id"),)
