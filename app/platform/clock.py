"""The only clock of the product."""

import calendar
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


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month so many months earlier, the month's last day where there is none."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Within this block it is `moment`: how the demo story lives through its past, by the same verbs as everybody."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
