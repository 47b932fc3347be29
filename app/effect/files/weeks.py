"""Weeks as people write them."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from app.effect.files.headings import kind_of
from app.factories.roster.dates import read_date
from app.factories.roster.text import as_text, ascii_digits, fold
from app.platform.tables import Value

_YEAR_FIRST = re.compile(r"(20\d\d)\s*[-/. ]?\s*(\d{1,2})")
_WEEKDAY = re.compile(r"(20\d\d)-?W(\d\d)-?[1-7]", re.IGNORECASE)
"""Only with a W: 2025-12-5 is a day of December."""
_NAMED = re.compile(r"(20\d\d|\d\d)?(\D+)(\d{1,2})(?:(\D+)(20\d\d|\d\d))?")
_SHORT, _BETWEEN = frozenset({"w", "s", "sem", "kw"}), frozenset({"", "of", "de"})
_NO_YEAR = re.compile(r"\D+\d{1,2}")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_FIRST, _LAST = 2000, 2099
_MONTHS = 12
_DIGITS = 2


def has_month_first(values: Iterable[Value]) -> bool:
    """Whether a column writes 11/14/2025: some day can only be read so, and none only the other way."""
    found = [_NUMBERS.fullmatch(ascii_digits(as_text(value))) for value in values if isinstance(value, str)]
    pairs = [(int(each[1]), int(each[3])) for each in found if each]
    return any(second > _MONTHS for _first, second in pairs) and not any(first > _MONTHS for first, _second in pairs)


def day_first(value: Value) -> Value:
    """A day of such a column as it is read elsewhere."""
    found = _NUMBERS.fullmatch(ascii_digits(as_text(value))) if isinstance(value, str) else None
    return f"{found[3]}/{found[1]}/{found[4]}" if found else value


def of_year(value: Value, year: Value) -> Value:
    """A week whose year stands in a column of its own: 27 and 2025, Week 27 and 2025."""
    number, years = ascii_digits(as_text(value)), ascii_digits(as_text(year))
    if not years.isdigit():
        return value
    if number.isdigit() and len(number) <= _DIGITS:
        return f"{years}-W{number}"
    return f"{number} {years}" if _NO_YEAR.fullmatch(number) else value


def of_month(value: Value, month: Value, year: Value) -> Value:
    """A day whose month and year stand in columns of their own: 6, January and 2025."""
    number, years = ascii_digits(as_text(value)), ascii_digits(as_text(year))
    if not (number.isdigit() and len(number) <= _DIGITS and years.isdigit()):
        return value
    return f"{years if len(years) > _DIGITS else f'20{years}'}-{as_text(month)}-{number}"


def read_week_name(value: Value) -> date | None:
    """The Monday of a week that is named as one, such as 2025-W46: 2025-11 may be a month."""
    found = _named(ascii_digits(as_text(value))) if isinstance(value, str) else None
    return _monday(int(found[1]), int(found[2])) if found else None


def read_week(value: Value, *, date_1904: bool = False) -> date | None:
    """The Monday of the week (ISO 8601); a day stands for the week it lies in. None for what is no week: week 53 of
    a year with 52, too."""
    text = ascii_digits(as_text(value)) if isinstance(value, str) else ""
    found = _named(text) or _YEAR_FIRST.fullmatch(text) or _WEEKDAY.fullmatch(text)
    if found:
        return _monday(int(found[1]), int(found[2]))
    if isinstance(value, float) and 200001 <= value <= 209953:  # 202527: the year and its week
        return _monday(int(value) // 100, int(value) % 100)
    day = read_date(value, ethiopian=False, date_1904=date_1904).day
    if day is None or not _FIRST <= day.year <= _LAST:
        return None
    return _monday(*day.isocalendar()[:2])


@lru_cache(maxsize=4096)
def _named(text: str) -> dict[int, str] | None:
    """Year and number of a week whose number stands beside the word for week, in whatever order: W27/2025, 25-W27."""
    found = _NAMED.fullmatch(text)
    if not found or bool(found[1]) == bool(found[5]):
        return None
    if fold(found[4] or "") not in _BETWEEN or not (fold(found[2]) in _SHORT or kind_of(found[2]) == "week"):
        return None
    year = found[1] or found[5]
    return {1: year if len(year) > _DIGITS else f"20{year}", 2: found[3]}


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def week_name(monday: date) -> str:
    """As 2025-W47."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"
