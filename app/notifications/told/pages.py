"""Contexts of what somebody was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.notifications.rules import Way
from app.notifications.told.queries import Row
from app.platform.mail.models import MailState
from app.platform.web import Page


@dataclass(frozen=True)
class ToldPage(Page):
    template: ClassVar[str] = "notifications/told/told.html"
    name: str
    back: str
    rows: Sequence[Row]
    zone: str
    kinds: Mapping[str, Any]
    ways: Mapping[Way, Any]
    states: Mapping[MailState, tuple[Any, str]]
