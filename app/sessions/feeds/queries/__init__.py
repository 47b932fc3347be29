"""Reading calendars that people subscribe to."""

from app.sessions.feeds.queries.door import Door, door
from app.sessions.feeds.queries.entries import entries_of, entry_of
from app.sessions.feeds.queries.own import Card, cards, offered

__all__ = ["Card", "Door", "cards", "door", "entries_of", "entry_of", "offered"]
