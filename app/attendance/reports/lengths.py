"""How long somebody was there, as the tools write it. Pure."""

import re
from datetime import date

from app.attendance.reports.vocabulary import unit
from app.factories.roster.text import ascii_digits, clean
from app.platform.tables import Value

_LONGEST = 60
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,]\d{1,6})?)?")
_PLAIN = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?")
_PART = re.compile(r"(\d{1,6})\s?([^\d\s]*(?:[^\S\n][^\d\s]+)?)")
_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
_ORDER = tuple(_SECONDS)
DAY = 86_400


def read_length(value: Value) -> int | None:
    """Seconds of a length; a plain number is minutes, a part of a day what a spreadsheet program makes of a clock.

    Understands 1h 13m 42s, 59 Min. 0 Sek., 1 godz. 2 min, 1 hr 2 min, 03:14:17 and their kin in many languages.
    """
    if isinstance(value, (bool, date)):
        return None
    if isinstance(value, float):
        return round(value * DAY) if 0 < value < 1 else round(value * 60) if 0 <= value < DAY else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = ascii_digits(clean(value))
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    if _PLAIN.fullmatch(text):
        return round(float(text.replace(",", ".")) * 60)
    return _worded(text)


def _worded(text: str) -> int | None:
    """Numbers with a unit each; three without a known unit are hours, minutes, seconds."""
    parts = _PART.findall(text)
    units = [unit(word) or unit(word.split()[0] if word.split() else "") for _, word in parts]
    if not parts or not text[0].isdigit():
        return None
    if None in units:
        units = list(_ORDER) if len(parts) == len(_ORDER) else units
    if None in units or len(set(units)) < len(units):
        return None
    return sum(int(number) * _SECONDS[name] for (number, _), name in zip(parts, units, strict=True) if name)
