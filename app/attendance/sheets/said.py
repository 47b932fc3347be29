"""The words of a sheet in one language. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.attendance.sheets.facts import Sheet
from app.platform.i18n.calendars import own_date, own_language, own_span
from app.platform.i18n.directions import apart, span
from app.platform.i18n.formats import format_date, format_number
from app.platform.i18n.languages import LANGUAGES, direction
from app.platform.i18n.texts import FALLBACK, language_of, text

WORDING = Path(__file__).with_name("wording")
LOCALES = tuple(code for code in LANGUAGES if (WORDING / f"{code}.json").is_file())


@dataclass(frozen=True)
class Said:
    """`own` is day and time in the country's own calendar, empty where it has none."""

    locale: str
    title: str
    title_locale: str
    half_day: str
    when: str
    own: str
    own_locale: str
    trainers: str
    words: Mapping[str, str]


@lru_cache
def wording(locale: str) -> Mapping[str, str]:
    """The fixed words, English where a language has none of its own."""
    name = locale if locale in LOCALES else FALLBACK
    words: dict[str, str] = json.loads((WORDING / f"{name}.json").read_text("utf-8"))
    return words


def languages(sheet: Sheet) -> list[str]:
    """The language of the place, and English."""
    first = sheet.language if sheet.language in LOCALES else FALLBACK
    return list(dict.fromkeys([first, FALLBACK]))


def say(sheet: Sheet, locale: str) -> Said:
    """The head of a sheet in a language."""
    words, there = wording(locale), own_date(sheet.country, sheet.starts.date(), locale)
    day, times = format_date(sheet.starts.date(), locale, "full"), span(sheet.starts, sheet.ends, locale)
    comma = "، " if direction(locale) == "rtl" else ", "  # a dot would look like a nought of Arabic digits
    return Said(
        locale=locale,
        title=text(sheet.titles, locale),
        title_locale=language_of(sheet.titles, locale),
        half_day=words["half_day"].format(number=format_number(sheet.half_day, locale)),
        when=f"{day}{comma}{times}",
        own=f"{there}, {own_span(sheet.country, sheet.starts, sheet.ends, locale)}" if there else "",
        own_locale=own_language(sheet.country, locale),
        trainers=", ".join(apart(name, locale) for name in sheet.trainers),
        words=words,
    )
