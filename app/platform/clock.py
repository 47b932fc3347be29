"""The only clock of the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The present calendar day in a named time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Within this block it is `moment`: how the demo story lives through its past, by the same verbs as everybody."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
