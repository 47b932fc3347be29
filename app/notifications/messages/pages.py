"""Contexts of the pages of messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.notifications.messages.forms import MessageForm
from app.notifications.messages.queries import Reach
from app.notifications.messages.rules import Audience
from app.platform.web import Page
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class MessagePage(Page):
    template: ClassVar[str] = "notifications/messages/write.html"
    training: TrainingSession
    form: MessageForm
    reaches: Mapping[Audience, Reach]
    sent: Sequence[Any]
    audiences: Mapping[Any, Any]


@dataclass(frozen=True)
class PreviewPage(Page):
    template: ClassVar[str] = "notifications/messages/preview.html"
    training: TrainingSession
    form: MessageForm
    reach: Reach
    audience: Any
    paragraphs: Sequence[Sequence[str]]
    sender: str
    copied: str
    """The message as a text for the chat group of a factory."""


@dataclass(frozen=True)
class UnreachedPage(Page):
    template: ClassVar[str] = "notifications/messages/unreached.html"
    training: TrainingSession
    seats: Sequence[Any]
    audience: Any


