"""The list for the notice board of a factory: every half-day that comes, the nearest first. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.notifications.notices.facts import Told
from app.notifications.notices.said import Said, SaidHalfDay, say
from app.platform.i18n.formats import format_date

Row = tuple[str, Sequence[tuple[Said, SaidHalfDay]]]
WEEKS = (1, 2, 4, 8, 12)
USUAL_WEEKS = 4


def rows(told: Sequence[Told], locales: Sequence[str], address: str) -> list[Row]:
    """The code, and each half-day in every language."""
    found = []
    for one in told:
        said = [say(one, locale, address) for locale in locales]
        for number, at in enumerate(one.half_days):
            found.append((at.starts, one.code, [(each, each.half_days[number]) for each in said]))
    return [(code, languages) for _starts, code, languages in sorted(found, key=lambda row: row[:2])]


def period(day: date, weeks: int, locale: str) -> str:
    """The days that the list is about."""
    last = day + timedelta(weeks=weeks)
    return f"{format_date(day, locale)} – {format_date(last, locale)}"
