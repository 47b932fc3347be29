"""What shared figures are called, and what each of them counts."""

from collections.abc import Mapping
from typing import Any

from app.platform.i18n import _, lazy, ngettext
from app.platform.i18n.formats import format_date, format_number, format_percent
from app.reports.definitions import DEFINITIONS
from app.reports.rules.figures import Indicator
from app.reports.rules.period import Span
from app.reports.sharing.rules import WHOLE, Aggregate, Told, Unit, months_of

_SAME = {
    Aggregate.PERSONS: Indicator.PERSONS, Aggregate.PARTICIPATIONS: Indicator.PARTICIPATIONS,
    Aggregate.HOURS: Indicator.HOURS, Aggregate.CERTIFICATION: Indicator.CERTIFICATION,
    Aggregate.COMMITTEES: Indicator.COMMITTEES,
}  # fmt: skip
TITLES: Mapping[Aggregate, Any] = {
    Aggregate.COVERAGE: lazy("Coverage of each requirement"),
    **{aggregate: DEFINITIONS[indicator].title for aggregate, indicator in _SAME.items()},
}
CERTIFIED = lazy(
    "Of the participations in sessions whose last half-day lies in the period: those whose person holds a certificate"
    " for it that was neither revoked nor replaced."
)
_CERTIFIED = lazy(
    "Of the participations in sessions whose last half-day lies in the period: those whose person holds a certificate"
    " for it that was neither revoked nor replaced. Quarters in which fewer than five people took part do not count."
)
TEXTS: Mapping[Aggregate, Any] = {
    **{aggregate: DEFINITIONS[indicator].text for aggregate, indicator in _SAME.items()},
    Aggregate.COVERAGE: lazy(
        "Of the people at work of whom the requirement asks something on the last day of the period: those whom a valid"
        " completion covers, as printed when that day ended."
    ),
    Aggregate.CERTIFICATION: _CERTIFIED,
}


def period(span: Span) -> str:
    """A period as people call it."""
    if months_of(span) == 12:
        return str(span.first.year)
    return str(_("%(first)s to %(last)s", first=format_date(span.first), last=format_date(span.last)))


def told(number: Told) -> str:
    """A figure as people read it."""
    if number.value is None:
        return str(_("too few people to say"))
    if number.unit is Unit.PERCENT:
        percent = format_percent(number.value / WHOLE)
        return percent if number.is_exact else str(_("at least %(number)s", number=percent))
    count = format_number(number.value)
    return count if number.is_exact else str(_("at least %(number)s", number=count))


def times(number: int, files: int) -> str:
    """How often something was opened and taken along."""
    if not number:
        return str(_("not opened yet"))
    opened = str(ngettext("opened once", "opened %(num)s times", number))
    return f"{opened} · {ngettext('one file', '%(num)s files', files)}" if files else opened
