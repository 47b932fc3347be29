"""Weeks as people write them."""

import re
from collections.abc import Iterable
from datetime import date

from app.factories.roster.dates import read_date
from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

_YEAR_FIRST = re.compile(r"(20\d\d)\s*[-/. ]?\s*(?:(?:W|WK|WEEK|S|KW)\s*[-/. ]?\s*)?(\d{1,2})", re.IGNORECASE)
_WEEKDAY = re.compile(r"(20\d\d)-?W(\d\d)-?[1-7]", re.IGNORECASE)
"""Only with a W: 2025-12-5 is a day of December."""
_WEEK_FIRST = re.compile(r"(?:W|WK|WEEK|S|KW)\s*[-/. ]?\s*(\d{1,2})\s*[-/., ]\s*(20\d\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_FIRST, _LAST = 2000, 2099
_MONTHS = 12


def has_month_first(values: Iterable[Value]) -> bool:
    """Whether a column writes 11/14/2025: some day can only be read so, and none only the other way."""
    found = [_NUMBERS.fullmatch(ascii_digits(as_text(value))) for value in values if isinstance(value, str)]
    pairs = [(int(each[1]), int(each[3])) for each in found if each]
    return any(second > _MONTHS for _first, second in pairs) and not any(first > _MONTHS for first, _second in pairs)


def day_first(value: Value) -> Value:
    """A day of such a column as it is read elsewhere."""
    found = _NUMBERS.fullmatch(ascii_digits(as_text(value))) if isinstance(value, str) else None
    return f"{found[3]}/{found[1]}/{found[4]}" if found else value


def read_week(value: Value, *, date_1904: bool = False) -> date | None:
    """The Monday of the week (ISO 8601); a day stands for the week it lies in. None for what is no week: week 53 of
    a year with 52, too."""
    text = ascii_digits(as_text(value)) if isinstance(value, str) else ""
    first, second = _YEAR_FIRST.fullmatch(text) or _WEEKDAY.fullmatch(text), _WEEK_FIRST.fullmatch(text)
    if first:
        return _monday(int(first[1]), int(first[2]))
    if second:
        return _monday(int(second[2]), int(second[1]))
    if isinstance(value, float) and 200001 <= value <= 209953:  # 202527: the year and its week
        return _monday(int(value) // 100, int(value) % 100)
    day = read_date(value, ethiopian=False, date_1904=date_1904).day
    if day is None or not _FIRST <= day.year <= _LAST:
        return None
    return _monday(*day.isocalendar()[:2])


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def week_name(monday: date) -> str:
    """As 2025-W47."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"
