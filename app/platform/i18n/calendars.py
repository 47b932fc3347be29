"""Days and times as people of a country say them beside ours, where they have a calendar and a clock of their own.

Which country has one, and its words, is data: `own_calendars.json`. `parts` are the four quarters of the day from
midnight. Everything answers an empty text for a country that goes by our calendar alone.
"""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.platform.i18n.ethiopian import dawn_hour, to_ethiopian
from app.platform.i18n.formats import local_digits

_DATA = Path(__file__).with_name("own_calendars.json")
_ENGLISH = "en"
_QUARTER = 6
_INSTANT = timedelta(minutes=1)


def own_date(country: str, day: date, language: str) -> str:
    """The day in the country's own calendar: 11 September 2026 in Ethiopia is 1 Meskerem 2019 E.C."""
    words = _words(country, language)
    if words is None:
        return ""
    own = to_ethiopian(day)
    said = words["date"].format(day=own.day, month=words["months"][own.month - 1], year=own.year)
    return local_digits(said, own_language(country, language))


def own_time(country: str, wall: datetime, language: str) -> str:
    """A time of the clock on the wall, which shows 3:00 at our 09:00 in Ethiopia."""
    words = _words(country, language)
    return words["time"].format(clock=_clock(wall), part=words["parts"][wall.hour // _QUARTER]) if words else ""


def own_span(country: str, starts: datetime, ends: datetime, language: str) -> str:
    """From - to; the part of the day is said once where both lie in it."""
    words = _words(country, language)
    if words is None:
        return ""
    # What ends at noon belongs to the morning.
    parts = [words["parts"][wall.hour // _QUARTER] for wall in (starts, ends - _INSTANT)]
    if parts[0] == parts[1]:
        return str(words["time"].format(clock=f"{_clock(starts)}–{_clock(ends)}", part=parts[0]))
    both = zip((starts, ends), parts, strict=True)
    return " – ".join(words["time"].format(clock=_clock(wall), part=part) for wall, part in both)


def own_language(country: str, language: str) -> str:
    """The language in which these speak - this one, or English -, for the `lang` of what they answer."""
    return language if language in _tables().get(_tables()["countries"].get(country), {}) else _ENGLISH


def _clock(wall: datetime) -> str:
    return f"{dawn_hour(wall)}:{wall:%M}"


def _words(country: str, language: str) -> dict[str, Any] | None:
    calendar = _tables()["countries"].get(country)
    words: dict[str, Any] | None = _tables()[calendar][own_language(country, language)] if calendar else None
    return words


@lru_cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(_DATA.read_text("utf-8"))
    return tables
