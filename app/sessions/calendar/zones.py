"""Time zones for calendar files: the rule in force, as VTIMEZONE, and whether it tells the truth about a time.

The rule is the last line of the zone's tz database file (RFC 8536, 3.3): a POSIX TZ text for the years to come.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

FIRST_YEAR = 1970
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME = r"(<[+-]?[A-Za-z0-9]+>|[A-Za-z]{3,})"
_OFFSET = r"([+-]?\d{1,2}(?::\d{2}){0,2})"
_CHANGE = r"M(\d{1,2})\.([1-5])\.([0-6])(?:/(-?\d{1,3}(?::\d{2}){0,2}))?"
_FIXED = re.compile(_NAME + _OFFSET)
_CHANGING = re.compile(f"{_NAME}{_OFFSET}{_NAME}{_OFFSET}?,{_CHANGE},{_CHANGE}")


@dataclass(frozen=True)
class Observance:
    """Half a rule: from this moment of each year the clock is `offset` ahead of UTC. `day` counts from Sunday."""

    name: str
    offset: timedelta
    before: timedelta
    month: int = 1
    week: int = 0
    day: int = 0
    at: time = time()

    def onset(self, year: int) -> datetime:
        """Wall time of the change, on the clock that ends with it; a fixed zone begins with the year."""
        if not self.week:
            return datetime(year, 1, 1)  # noqa: DTZ001 - wall time
        length = calendar.monthrange(year, self.month)[1]
        first = (self.day - date(year, self.month, 1).isoweekday()) % 7 + 1
        day = first + 7 * (self.week - 1)
        return datetime.combine(date(year, self.month, day if day <= length else day - 7), self.at)

    def rrule(self) -> dict[str, str | int] | None:
        """Every year the same, as the parts of an RRULE; None for a fixed zone."""
        if not self.week:
            return None
        number = -1 if self.week == 5 else self.week
        return {"FREQ": "YEARLY", "BYDAY": f"{number}{_DAYS[self.day]}", "BYMONTH": self.month}


@cache
def names() -> frozenset[str]:
    """The zones that exist; nothing else is ever looked up."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def zone(name: str) -> ZoneInfo:
    """Raises ValueError for a zone that does not exist."""
    if name not in names():
        raise ValueError(f"There is no time zone {name!r}.")
    return ZoneInfo(name)


@cache
def observances(name: str) -> tuple[Observance, ...]:
    """The rule of a zone: one part when its clock is fixed, two when it changes, none when no RRULE can say it."""
    zone(name)
    footer = files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes().rsplit(b"\n", 2)[1].decode("ascii")
    if fixed := _FIXED.fullmatch(footer):
        offset = _ahead(fixed[2])
        return (Observance(fixed[1].strip("<>"), offset, offset),)
    return _changing(found) if (found := _CHANGING.fullmatch(footer)) else ()


def _changing(found: re.Match[str]) -> tuple[Observance, ...]:
    standard, summer = _ahead(found[2]), _ahead(found[4]) if found[4] else _ahead(found[2]) + timedelta(hours=1)
    to_summer, to_standard = _at(found[8]), _at(found[12])
    if to_summer is None or to_standard is None:
        return ()
    return (
        Observance(found[3].strip("<>"), summer, standard, int(found[5]), int(found[6]), int(found[7]), to_summer),
        Observance(found[1].strip("<>"), standard, summer, int(found[9]), int(found[10]), int(found[11]), to_standard),
    )


def _ahead(text: str) -> timedelta:
    """POSIX counts hours behind UTC; we count ahead."""
    return -_duration(text)


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (*(int(part) for part in text.lstrip("+-").split(":")), 0, 0)[:3]
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length


def _at(text: str | None) -> time | None:
    """Wall time of a change (02:00 when unsaid), None outside the day.

    24:00 (Cairo) becomes 23:59:59, as Windows has it: no RRULE that Outlook reads can name the day after the last
    Thursday of a month. The error is one second of one night, and `tells_truth` watches over it.
    """
    length = timedelta(hours=2) if text is None else _duration(text)
    if length == timedelta(days=1):
        return time(23, 59, 59)
    if not timedelta(0) <= length < timedelta(days=1):
        return None
    return (datetime(FIRST_YEAR, 1, 1) + length).time()  # noqa: DTZ001 - wall time


@lru_cache(maxsize=1024)
def tells_truth(name: str, wall: datetime) -> bool:
    """Whether a reader that knows only our rule finds the right moment for this wall time.

    False in the hour that a clock change skips or repeats, and in years for which the tz database has other rules.
    """
    place, rule = zone(name), observances(name)
    early, late = (wall.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1))
    return bool(rule) and wall.year > FIRST_YEAR and early == late == _offset(rule, wall)


def _offset(rule: tuple[Observance, ...], wall: datetime) -> timedelta:
    onsets = [(part.onset(year), part.offset) for part in rule for year in (wall.year - 1, wall.year)]
    return max(onset for onset in onsets if onset[0] <= wall)[1]


@lru_cache(maxsize=4096)
def moment(name: str, wall: datetime) -> datetime:
    """The moment in UTC of a wall time; in a repeated hour the first one."""
    return wall.replace(tzinfo=zone(name)).astimezone(UTC)
