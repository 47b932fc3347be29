"""Contexts of the pages about rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.platform.web import Page
from app.sessions.links.forms import ProviderForm
from app.sessions.links.rules import Entry, Holder
from app.sessions.models import Meeting, TrainingSession


@dataclass(frozen=True)
class ProviderPage(Page):
    template: ClassVar[str] = "sessions/links/provider.html"
    training: TrainingSession
    meeting: Meeting
    form: ProviderForm


@dataclass(frozen=True)
class DoorPage(Page):
    """The button that leads into the room. `problem` is said instead of it, or above it after a try."""

    template: ClassVar[str] = "sessions/links/door.html"
    titles: Mapping[str, Any]
    meeting: Meeting
    holder: Holder
    entry: Entry
    is_ready: bool
    action: str
    problem: str = ""


@dataclass(frozen=True)
class DeadLinkPage(Page):
    template: ClassVar[str] = "sessions/links/dead.html"
