"""What the calendars are called."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.feeds.rules import FeedKind

NAMES: dict[FeedKind, Any] = {
    FeedKind.TEACHING: lazy("Half-days that I teach"),
    FeedKind.FACTORY: lazy("Training of our factory"),
    FeedKind.ADVISING: lazy("Training of the factories that I advise"),
    FeedKind.PROGRAMME: lazy("Training of the programme"),
    FeedKind.OWN: lazy("My training"),
}
