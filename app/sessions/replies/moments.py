"""Times in calendars that come back. What cannot be read is no time; nothing here raises."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.sessions.calendar import zones
from app.sessions.replies.rules import Proposal

Offsets = dict[str, set[str]]
"""Name of a zone in the file -> the distances to UTC that the file gives for it."""

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z?)", re.ASCII | re.IGNORECASE)
_DURATION = re.compile(r"\+?P(?:(\d{1,2})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_LONGEST = timedelta(days=2)


def stamp(value: str) -> datetime | None:
    """A moment in UTC (DTSTAMP)."""
    found = _wall(value)
    return found[0].replace(tzinfo=UTC) if found else None


def written_at(value: str) -> datetime | None:
    """The Date of a mail."""
    try:
        found = parsedate_to_datetime(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def proposal(start: tuple[str, str], end: tuple[str, str], duration: str, offsets: Offsets) -> Proposal | None:
    """A proposed time, when both ends can be placed and it is a few hours long. Each end is a value and its TZID."""
    begins = _moment(*start, offsets)
    if begins is None:
        return None
    ends = _moment(*end, offsets) if end[0] else _after(begins, duration)
    is_sound = ends is not None and begins < ends <= begins + _LONGEST
    return Proposal(begins, ends) if ends is not None and is_sound else None


def _moment(value: str, zone: str, offsets: Offsets) -> datetime | None:
    found = _wall(value)
    if found is None:
        return None
    wall, is_utc = found
    place = UTC if is_utc else _place(zone.strip().strip('"'), offsets)
    return wall.replace(tzinfo=place).astimezone(UTC) if place else None


def _wall(value: str) -> tuple[datetime, bool] | None:
    """The time on the wall, and whether the wall is that of UTC."""
    found = _TIME.fullmatch(value.strip())
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()[:6])), bool(found[7])  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        return None


def _place(name: str, offsets: Offsets) -> ZoneInfo | timezone | None:
    """The zone of this name: of the tz database, of Windows, behind a path, or of one offset that the file gives."""
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(name.split("/")[-2:])):
        if candidate in zones.names():
            return zones.zone(candidate)
    given = offsets.get(name, set())
    found = _OFFSET.fullmatch(next(iter(given))) if len(given) == 1 else None
    if not found or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-ahead if found[1] == "-" else ahead)


def _after(begins: datetime, duration: str) -> datetime | None:
    found = _DURATION.fullmatch(duration.strip().upper())
    if not found:
        return None
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return begins + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
