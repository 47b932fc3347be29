"""Words that run the other way than the sentence they stand in. Pure."""

import unicodedata
from datetime import datetime

from app.platform.i18n.formats import format_time
from app.platform.i18n.languages import direction

_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
_AGAINST = {"ltr": {"R", "AL", "AN"}, "rtl": {"L"}}


def apart(name: str, locale: str) -> str:
    """A name that runs the other way, between marks of the direction of the sentence: so it turns nothing around it."""
    way = direction(locale)
    mark = _MARKS[way] if any(unicodedata.bidirectional(sign) in _AGAINST[way] for sign in name) else ""
    return f"{mark}{name}{mark}"


def span(starts: datetime, ends: datetime, locale: str) -> str:
    """From - to on the wall, the start where its readers begin."""
    times = [format_time(wall, locale) for wall in (starts, ends)]
    if direction(locale) == "rtl":
        # Each time runs from left to right, the two of them do not.
        times = [apart(f"{_MARKS['ltr']}{one}{_MARKS['ltr']}", locale) for one in times]
    return " – ".join(times)
