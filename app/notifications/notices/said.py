"""A notice in one language: every sentence of it, ready to be printed, shown or pasted. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.notifications.notices.facts import Firmness, Told, WhenAndWhere, Where
from app.platform.i18n.calendars import own_date, own_language, own_span
from app.platform.i18n.directions import apart, span
from app.platform.i18n.formats import format_date, format_number
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import FALLBACK, language_of, text

WORDING = Path(__file__).with_name("wording")
LOCALES = tuple(code for code in LANGUAGES if (WORDING / f"{code}.json").is_file())
"""Languages in which a notice can be written; they are more than those of the site."""


@dataclass(frozen=True)
class SaidHalfDay:
    """When and where; `own` is day and time in the country's own calendar, empty where it has none."""

    label: str
    day: str
    time: str
    own: str
    own_locale: str
    where: str


@dataclass(frozen=True)
class Said:
    """A notice in one language. `warning` is empty when everything is sure."""

    locale: str
    title: str
    title_locale: str
    warning: str
    half_days: Sequence[SaidHalfDay]
    who: str
    unnamed: str
    ask: str
    scan: str
    words: Mapping[str, str]


@lru_cache
def wording(locale: str) -> Mapping[str, str]:
    """The fixed words of notices, English where a language has none of its own."""
    name = locale if locale in LOCALES else FALLBACK
    words: dict[str, str] = json.loads((WORDING / f"{name}.json").read_text("utf-8"))
    return words


def pair(first: str, *others: str) -> list[str]:
    """The languages of a notice: the first, and English; where that is English, the first of the others."""
    second = FALLBACK if first != FALLBACK else next((code for code in others if code != first and code in LOCALES), "")
    return [code for code in (first, second) if code]


def say(told: Told, locale: str, address: str) -> Said:
    """The notice in a language; `address` is where the code is typed."""
    words, count = wording(locale), format_number(told.expected, locale)
    return Said(
        locale=locale,
        title=text(told.titles, locale),
        title_locale=language_of(told.titles, locale),
        warning=_warning(told, words),
        half_days=[_half_day(told, at, number, locale) for number, at in enumerate(told.half_days, 1)],
        who=words["who_from"].format(factory=apart(told.factory, locale), people=count),
        unnamed=words["unnamed"].format(people=format_number(told.unnamed, locale)) if told.unnamed else "",
        ask=words["ask"].format(names=apart(", ".join(told.contacts), locale)) if told.contacts else "",
        scan=words["scan"].format(address=address.partition("://")[2]),
        words=words,
    )


def _warning(told: Told, words: Mapping[str, str]) -> str:
    if told.firmness is Firmness.SURE:
        return ""
    reason = words["reason"].format(reason=told.reason) if told.reason else ""
    return f"{words[told.firmness]} {reason}".strip()


def _half_day(told: Told, at: WhenAndWhere, number: int, locale: str) -> SaidHalfDay:
    words = wording(locale)
    date_there = own_date(told.country, at.starts.date(), locale)
    return SaidHalfDay(
        label=words["half_day"].format(number=format_number(number, locale)) if len(told.half_days) > 1 else "",
        day=format_date(at.starts.date(), locale, "full"),
        time=span(at.starts, at.ends, locale),
        own=f"{date_there}, {own_span(told.country, at.starts, at.ends, locale)}" if date_there else "",
        own_locale=own_language(told.country, locale),
        where=" · ".join(_place(place, words) for place in at.places),
    )


def _place(place: Where, words: Mapping[str, str]) -> str:
    return ", ".join(part for part in (place.name, place.address) if part) or words["alone"]
