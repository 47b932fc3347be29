"""Whether a half-day can be planned at these times of the clock on the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.sessions.calendar.zones import moment, names, zone

LONGEST = timedelta(hours=8)
FARTHEST = timedelta(days=3 * 366)


class Fault(StrEnum):
    """Why not."""

    UNKNOWN_ZONE = "unknown_zone"
    PAST = "past"
    FAR = "far"
    SKIPPED = "skipped"
    ENDS_FIRST = "ends_first"
    TOO_LONG = "too_long"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class HalfDay:
    """Start and end as the clock on the wall of `zone` shows them."""

    starts: datetime
    ends: datetime
    zone: str


def fault_of(half_day: HalfDay, at: datetime) -> tuple[str, Fault] | None:
    """The part that is wrong (`zone`, `day`, `starts`, `ends`) and why, or None. `at` is the present moment."""
    if half_day.zone not in names():
        return "zone", Fault.UNKNOWN_ZONE
    today = at.astimezone(zone(half_day.zone)).replace(tzinfo=None)
    # Days far away are turned down before they are counted with: a year 1 or 9999 has no moment in UTC.
    if half_day.starts.date() < today.date():
        return "day", Fault.PAST
    if half_day.starts > today + FARTHEST:
        return "day", Fault.FAR
    return _fault_of_times(half_day, at)


def _fault_of_times(half_day: HalfDay, at: datetime) -> tuple[str, Fault] | None:
    for part, wall in (("starts", half_day.starts), ("ends", half_day.ends)):
        if is_skipped(half_day.zone, wall):
            return part, Fault.SKIPPED
    starts_at, ends_at = moments(half_day)
    checks = (
        (ends_at <= starts_at or half_day.ends <= half_day.starts, ("ends", Fault.ENDS_FIRST)),
        (ends_at - starts_at > LONGEST, ("ends", Fault.TOO_LONG)),
        (starts_at <= at, ("starts", Fault.PAST)),
    )
    return next((fault for failed, fault in checks if failed), None)


def is_skipped(name: str, wall: datetime) -> bool:
    """Whether the clock jumps over this time when it is put forward, so that it never shows it."""
    return moment(name, wall).astimezone(zone(name)).replace(tzinfo=None) != wall


def moments(half_day: HalfDay) -> tuple[datetime, datetime]:
    """Start and end in UTC; of a repeated hour the first start and the first end."""
    return moment(half_day.zone, half_day.starts), moment(half_day.zone, half_day.ends)


def first_overlap(spans: Sequence[tuple[datetime, datetime]]) -> int | None:
    """The position of the first span that begins before an earlier one has ended, or None."""
    latest = datetime.min.replace(tzinfo=UTC)
    for position, (starts_at, ends_at) in sorted(enumerate(spans), key=lambda item: item[1]):
        if starts_at < latest:
            return position
        latest = max(latest, ends_at)
    return None
