"""Context of the page with the own calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.platform.web import Page
from app.sessions.feeds.queries import Card
from app.sessions.feeds.rules import FeedKind


@dataclass(frozen=True)
class CalendarsPage(Page):
    template: ClassVar[str] = "sessions/feeds/calendars.html"
    cards: Sequence[Card]
    names: Mapping[FeedKind, Any]


@dataclass(frozen=True)
class OwnCalendarPage(CalendarsPage):
    """The same, for a person."""

    template: ClassVar[str] = "sessions/feeds/own_calendar.html"
