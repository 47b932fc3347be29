"""On which days helpers of a training session may work. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta


def days(half_days: Iterable[tuple[datetime, datetime]]) -> tuple[date, date]:
    """The first day and the first day afterwards, in UTC, of half-days given by start and end; at least one of them.

    Roles are dated by the day of UTC, so a half-day that spans midnight there takes both days.
    """
    moments = list(half_days)
    first = min(starts for starts, _ends in moments).astimezone(UTC).date()
    last = max(ends for _starts, ends in moments).astimezone(UTC).date()
    return first, last + timedelta(days=1)
