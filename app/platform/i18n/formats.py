"""Dates, times and numbers as the reader's language writes them, digits included."""

import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers

from app.platform.i18n.texts import current_language

_OWN_DIGITS = {
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "bn": "০১২৩৪৫৬৭৮৯",
    "km": "០១២៣៤៥៦៧៨៩",
    "my": "၀၁၂၃၄၅၆၇၈၉",
}
# Numbering systems of CLDR whose separators differ from those of the ASCII digits.
_OWN_SEPARATORS = {"ar": "arab"}


def local_digits(text: str, locale: str | None = None) -> str:
    """ASCII digits of `text` in the digits of the language."""
    own = _OWN_DIGITS.get(locale or current_language())
    return text.translate(str.maketrans("0123456789", own)) if own else text


def format_number(number: float, locale: str | None = None) -> str:
    return _number(number, locale or current_language())


@lru_cache(maxsize=4096)
def _number(number: float, code: str) -> str:
    """A page writes the same few numbers again and again, and Babel reads its pattern each time."""
    system = _OWN_SEPARATORS.get(code, "latn")
    return local_digits(numbers.format_decimal(number, locale=code, numbering_system=system), code)


def format_percent(share: float, locale: str | None = None) -> str:
    """A share of 0..1 as a whole per cent."""
    return _percent(share, locale or current_language())


@lru_cache(maxsize=1024)
def _percent(share: float, code: str) -> str:
    return local_digits(numbers.format_percent(share, locale=code), code)


def format_date(day: date, locale: str | None = None, style: str = "long") -> str:
    return _date(day, locale or current_language(), style)


@lru_cache(maxsize=4096)
def _date(day: date, code: str, style: str) -> str:
    return local_digits(dates.format_date(day, style, locale=code), code)


def format_day(day: date, locale: str | None = None) -> str:
    """Weekday, day and month in short, in the order of the language."""
    return _day(day, locale or current_language())


@lru_cache(maxsize=4096)
def _day(day: date, code: str) -> str:
    return local_digits(dates.format_skeleton("MMMEd", day, locale=code), code)


def format_time(moment: datetime | time, locale: str | None = None) -> str:
    """The wall time of a naive or aware moment, as it stands."""
    return _time(moment if isinstance(moment, time) else moment.time(), locale or current_language())


@lru_cache(maxsize=4096)
def _time(wall: time, code: str) -> str:
    return local_digits(dates.format_time(wall, "short", locale=code), code)


def format_datetime(moment: datetime, zone: str, locale: str | None = None) -> str:
    """An aware moment as the wall date and time of a zone."""
    return _datetime(moment, zone, locale or current_language())


@lru_cache(maxsize=4096)
def _datetime(moment: datetime, zone: str, code: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    joined = str(dates.get_datetime_format("medium", locale=code))
    return joined.format(format_time(local, code), format_date(local.date(), code, "medium"))


def format_span(length: timedelta, locale: str | None = None) -> str:
    """A length of time in words, roughly."""
    code = locale or current_language()
    return local_digits(dates.format_timedelta(length, locale=code), code)


def ascii_digits(text: str) -> str:
    """Digits of any script as ASCII: what people type into code and PIN fields."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
