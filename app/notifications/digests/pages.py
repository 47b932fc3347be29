"""Contexts of the pages about what one is told."""

from dataclasses import dataclass
from typing import ClassVar

from app.notifications.digests.forms import ChoicesForm
from app.platform.web import Page


@dataclass(frozen=True)
class ChoicesPage(Page):
    template: ClassVar[str] = "notifications/digests/choices.html"
    form: ChoicesForm


@dataclass(frozen=True)
class StopPage(Page):
    """`is_done` after the button was pressed."""

    template: ClassVar[str] = "notifications/digests/stop.html"
    is_done: bool


@dataclass(frozen=True)
class DeadStopPage(Page):
    template: ClassVar[str] = "notifications/digests/dead.html"
