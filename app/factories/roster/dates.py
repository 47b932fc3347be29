"""Dates of joining: cell dates, serial numbers, and what people write."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.factories.roster.months import months
from app.factories.roster.text import as_text, ascii_digits, clean, fold
from app.platform.i18n.ethiopian import PAGUME, from_ethiopian
from app.platform.tables import Value
from app.platform.tables.serials import serial_to_date

# a date of joining outside these years is a slip of the pen or a number that was never a date
FIRST_YEAR, LAST_YEAR = 1940, 2099
_GREGORIAN = re.compile(r"\(?\s*(?:\bG\.?\s?C\b\.?|እ\.?\s?ኤ\.?\s?አ\.?|\bA\.?\s?D\b\.?)\s*\)?", re.IGNORECASE)
_ETHIOPIAN = re.compile(r"\(?\s*(?:\bE\.?\s?C\b\.?|ዓ\.?\s?ም\.?|ዓ/ም)\s*\)?", re.IGNORECASE)
_BUDDHIST = re.compile(r"\(?\s*(?:พ\.?\s?ศ\.?|ព\.?\s?ស\.?|ພ\.?\s?ສ\.?|\bB\.?\s?E\b\.?)\s*\)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[AP]M)?Z?\s*\Z", re.IGNORECASE)
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_TOKEN = re.compile(r"\d+|[^\W\d_][^\d]*")
_NOT_MONTH_DAY = 12
# the Buddhist era began 543 years before the common one; its months and days are the Gregorian ones
_ERA = 543


@dataclass(frozen=True)
class ReadDate:
    """The Gregorian day, or the code of the problem (date_invalid); `date_order_differs` comes with a day."""

    day: date | None
    code: str | None = None


_INVALID = ReadDate(None, "date_invalid")


def read_date(value: Value, *, ethiopian: bool, date_1904: bool, buddhist: bool = False) -> ReadDate:
    """Read a cell. Day before month unless only month before day is possible; two-digit years are 20xx.

    `ethiopian`: dates written as text are in the Ethiopian calendar unless marked G.C.; cell dates never are.
    `buddhist`: years that lie centuries ahead are of the Buddhist era; so they are anywhere when marked B.E.
    """
    if isinstance(value, date) and not buddhist:
        return _plausible(value)
    if isinstance(value, float):
        day = _plausible(serial_to_date(value, date_1904=date_1904))
        if day.day:
            return day
    text = as_text(value)
    return _text(text, ethiopian=ethiopian, date_1904=date_1904, buddhist=buddhist) if text else ReadDate(None)


def _plausible(day: date | None, code: str | None = None) -> ReadDate:
    return ReadDate(day, code) if day and FIRST_YEAR <= day.year <= LAST_YEAR else _INVALID


@lru_cache(maxsize=16_384)
def _text(text: str, *, ethiopian: bool, date_1904: bool, buddhist: bool) -> ReadDate:
    read = _read(text, ethiopian=ethiopian, date_1904=date_1904)
    return read if read.day else _of_era(text, marked=buddhist)


def _of_era(text: str, *, marked: bool) -> ReadDate:
    """The day when its year, of four digits, is one of the Buddhist era."""
    plain, marks = _BUDDHIST.subn(" ", ascii_digits(text))
    years = [year for year in re.findall(r"(?<!\d)\d{4}(?!\d)", plain) if FIRST_YEAR <= int(year) - _ERA <= LAST_YEAR]
    if len(years) != 1 or not (marked or marks):
        return _INVALID
    return _read(plain.replace(years[0], str(int(years[0]) - _ERA)), ethiopian=False, date_1904=False)


def _read(text: str, *, ethiopian: bool, date_1904: bool) -> ReadDate:
    plain = ascii_digits(clean(text))
    if _GREGORIAN.search(plain):
        ethiopian, plain = False, _GREGORIAN.sub(" ", plain)
    elif _ETHIOPIAN.search(plain):
        ethiopian, plain = True, _ETHIOPIAN.sub(" ", plain)
    plain = _CLOCK.sub("", plain).strip()
    if _SERIAL.fullmatch(plain):
        return _plausible(serial_to_date(float(plain), date_1904=date_1904))
    compact = _COMPACT.fullmatch(plain)
    if compact:
        return _numbers(list(compact.groups()), ethiopian=ethiopian)
    return _written(plain, ethiopian=ethiopian)


def _written(text: str, *, ethiopian: bool) -> ReadDate:
    numbers: list[str] = []
    named: list[tuple[int, bool]] = []
    for token in _TOKEN.findall(text):
        if token.isascii() and token.isdigit():
            numbers.append(token)
        else:
            month = _month(token)
            if month is None:
                return _INVALID
            named.extend(month)
    if len(named) == 1 and len(numbers) == 2:
        return _named(numbers, *named[0])
    return _numbers(numbers, ethiopian=ethiopian) if not named and len(numbers) == 3 else _INVALID


def _month(token: str) -> list[tuple[int, bool]] | None:
    """The months a run of words names, each with whether it is Ethiopian; None when a word is unknown."""
    known = months()
    word = fold(token)
    for table, is_ethiopian in ((known.ethiopian, True), (known.gregorian, False)):
        if word in table:
            return [(table[word], is_ethiopian)]
    found: list[tuple[int, bool]] = []
    parts = word.split()
    if len(parts) < 2:
        return [] if not word or word in known.fillers else _glued(word)
    whole = " ".join(part for part in parts if part not in known.fillers)
    if whole in known.gregorian:
        return [(known.gregorian[whole], False)]
    for part in parts:
        month = _month(part)
        if month is None:
            return None
        found.extend(month)
    return found


def _glued(word: str) -> list[tuple[int, bool]] | None:
    """A month written onto the word for month, as in scripts without spaces (ខែមីនា)."""
    known = months()
    rests = (word.removeprefix(filler) for filler in known.fillers if word.startswith(filler) and not word.isascii())
    return next(([(known.gregorian[rest], False)] for rest in rests if rest in known.gregorian), None)


def _named(numbers: list[str], month: int, is_ethiopian: bool) -> ReadDate:
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else (numbers[0], numbers[1])
    return _make(_year(year), month, day, ethiopian=is_ethiopian)


def _numbers(numbers: list[str], *, ethiopian: bool) -> ReadDate:
    first, second, third = numbers
    if len(first) == 4:
        return _make(_year(first), int(second[:3]), third, ethiopian=ethiopian)
    year, month = _year(third), int(second[:3])
    read = _make(year, month, first, ethiopian=ethiopian)
    # the Ethiopian year has a thirteenth month, so 13 in the middle is a month there
    last_month = PAGUME if ethiopian else _NOT_MONTH_DAY
    if read.day is None and month > last_month:
        return _make(year, int(first[:3]), second, ethiopian=ethiopian, code="date_order_differs")
    return read


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text) if len(text) == 4 else 0


def _make(year: int, month: int, day: str, *, ethiopian: bool, code: str | None = None) -> ReadDate:
    if len(day) > 2:
        return _INVALID
    if ethiopian:
        return _plausible(from_ethiopian(year, month, int(day)), code)
    try:
        return _plausible(date(year, month, int(day)), code)
    except ValueError:
        return _INVALID
