"""Days and times of day as the tools write them, in the order of whoever downloaded the report. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timezone
from functools import lru_cache

from app.attendance.reports.vocabulary import period
from app.factories.roster.months import months
from app.factories.roster.text import ascii_digits, clean, fold
from app.platform.tables import Value

ORDERS = ("dmy", "mdy", "ymd")
FIRST_YEAR, LAST_YEAR = 2000, 2099
_LONGEST = 60
_ERA = 543  # the Buddhist era began so many years before the common one
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?![\d:])")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])")
_ZONE = re.compile(r"\b(?:utc|gmt)\b(?:[+-]\d{1,2}(?::?\d{2})?)?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_][^\d,;:/()]*")


@dataclass(frozen=True)
class Written:
    """A moment as it stands there: `day` are three numbers in the order of the text, `sure` a day that is certain
    whatever the order. Without either it is a time of day alone."""

    time: time
    day: tuple[str, str, str] | None = None
    sure: date | None = None
    offset: timezone | None = None
    has_period: bool = False

    def on(self, order: str) -> date | None:
        """The day, when it is read in this order; None when there is no such day."""
        return self.sure or (read_day(self.day, order) if self.day else None)

    def at(self, order: str | None) -> datetime | None:
        """Day and time by the clock on the wall."""
        day = self.on(order or ORDERS[0])
        return datetime.combine(day, self.time) if day else None


def read_day(numbers: tuple[str, str, str], order: str) -> date | None:
    """The day that three numbers mean in this order. A year of four digits stands where it stands."""
    first, third = numbers[0], numbers[2]
    if len(first) == 4:
        order = "ymd"
    elif len(third) == 4 and order == "ymd":
        return None
    places = dict(zip(order, numbers, strict=True))
    if len(places["d"]) > 2 or len(places["m"]) > 2:
        return None
    return _day(places["y"], int(places["m"]), int(places["d"]))


def _day(written_year: str, month: int, day: int) -> date | None:
    year = int(written_year) + (2000 if len(written_year) <= 2 else 0)
    year -= _ERA if year - _ERA >= FIRST_YEAR and year > LAST_YEAR else 0
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def read_moment(value: Value) -> Written | None:
    """What a cell says, or None when it is neither a day with a time nor a time of day."""
    if isinstance(value, datetime):
        return Written(value.time().replace(microsecond=0, tzinfo=None), sure=value.date())
    if isinstance(value, float) and 0 <= value < 1:
        minutes, second = divmod(round(value * 86_400) % 86_400, 60)
        return Written(time(minutes // 60, minutes % 60, second))
    if isinstance(value, date):
        return Written(time(), sure=value)
    return _read(value) if isinstance(value, str) and len(value) <= _LONGEST else None


@lru_cache(maxsize=16_384)
def _read(value: str) -> Written | None:
    text = ascii_digits(clean(value)).replace("،", ",")
    if iso := _ISO.fullmatch(text):
        return _iso(iso[1], iso[2], iso[3])
    offset = UTC if _ZONE.search(text) else None
    text = _ZONE.sub(" ", text)
    for clock in filter(None, (_TIME.search(text), *reversed(list(_DOTTED.finditer(text))))):
        rest = f"{text[: clock.start()]} , {text[clock.end():]}"
        if (found := _rest(rest, clock)) is not None:
            return found if offset is None else Written(found.time, found.day, found.sure, offset, found.has_period)
    return None


def _iso(day: str, clock: str, zone: str | None) -> Written | None:
    try:
        parsed = datetime.fromisoformat(f"{day}T{clock}")
        offset = None if not zone else UTC if zone[0] not in "+-" else datetime.strptime(zone, "%z").tzinfo
    except ValueError:
        return None
    return Written(parsed.time(), sure=parsed.date(), offset=offset if isinstance(offset, timezone) else None)


def _rest(rest: str, clock: re.Match[str]) -> Written | None:
    """The day and the half of it, in what stands beside the time of day."""
    numbers = re.findall(r"\d+", rest)
    words = [word.strip(" .") for word in _LETTERS.findall(rest)]
    named = {name for word in words for name in _halves(word)}
    half = named.pop() if len(named) == 1 else None
    at = _clock(int(clock[1]), int(clock[2]), int(clock[3] or 0), half)
    if at is None or len(numbers) not in {0, 2, 3} or any(len(number) > 4 for number in numbers):
        return None
    if len(numbers) == 3:
        return Written(at, day=(numbers[0], numbers[1], numbers[2]), has_period=half is not None)
    if numbers:
        day = _named_day(words, numbers)
        return Written(at, sure=day, has_period=half is not None) if day else None
    return Written(at, has_period=half is not None)


def _halves(word: str) -> set[str]:
    """The half of the day that a run of words names, as a whole or in one of them."""
    found = period(word)
    return {found} if found else {half for part in word.split() if (half := period(part))}


def _clock(hour: int, minute: int, second: int, half: str | None) -> time | None:
    if half == "after_noon" and hour < 12:
        hour += 12
    elif half == "before_noon" and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _named_day(words: list[str], numbers: list[str]) -> date | None:
    """A day whose month is a word."""
    known = months().gregorian
    found = {known[name] for word in words for name in (fold(word), *fold(word).split()) if name in known}
    if len(found) != 1:
        return None
    day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    return _day(year, found.pop(), int(day)) if len(day) < 3 else None
