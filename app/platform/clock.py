"""The only clock of the product."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The present calendar day in a named time zone."""
    return now().astimezone(ZoneInfo(zone)).date()
