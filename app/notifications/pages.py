"""Contexts of the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.notifications.queries import MailFilter
from app.notifications.reading import ReadMail
from app.platform.mail.models import MailMessage, MailState
from app.platform.web import Page
from app.platform.web.paging import Slice


@dataclass(frozen=True)
class OutboxPage(Page):
    template: ClassVar[str] = "notifications/outbox.html"
    slice: Slice[Any]
    chosen: MailFilter
    kinds: Mapping[str, Any]
    states: Mapping[MailState, tuple[Any, str]]
    zone: str


@dataclass(frozen=True)
class MailPage(Page):
    template: ClassVar[str] = "notifications/mail.html"
    message: MailMessage
    read: ReadMail
    kinds: Mapping[str, Any]
    states: Mapping[MailState, tuple[Any, str]]
    zone: str
    training_id: int | None
