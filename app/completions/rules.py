"""When a course is complete, for how long that holds, and which validity period it opens. Pure."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.courses.rules import ValidFrom

_PLACES = Decimal("0.000001")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """The share of one unit that the course version asks for; shares lie between 0 and 1."""

    unit_id: int
    code: str
    share: Decimal


def stored_share(share: Fraction | Decimal) -> Decimal:
    """Six places, rounded down: 2 of 3 must never reach two thirds by rounding."""
    exact = Decimal(share.numerator) / Decimal(share.denominator) if isinstance(share, Fraction) else share
    return exact.quantize(_PLACES, ROUND_DOWN)


def is_complete(needs: tuple[Need, ...], reached: Mapping[int, Decimal]) -> bool:
    """Every needed unit was reached; a unit without a result counts as nothing, and no needs are never met."""
    return bool(needs) and all(reached.get(need.unit_id, Decimal(0)) >= need.share for need in needs)


def evidence(needs: tuple[Need, ...], reached: Mapping[int, Decimal]) -> dict[str, list[str]]:
    """What the completion rests on: unit code -> [share reached, share needed], as exact text."""
    return {need.code: [str(reached[need.unit_id]), str(need.share)] for need in needs}


@dataclass(frozen=True)
class Validity:
    """How long a course version holds. `fixed_day` is MM-DD, the last whole day, where `counts_from` is a fixed day."""

    months: int | None
    counts_from: ValidFrom = ValidFrom.COMPLETION
    fixed_day: str | None = None


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def valid_until(
    validity: Validity, completed_at: datetime, earlier_until: datetime | None, zone: str
) -> datetime | None:
    """When it ends, or None for never: as a day begins in the zone, so that the day before is the last whole one.

    `earlier_until` is the end of the period that it renews: the new one counts from there where the version says so,
    and with a fixed day in any case, as else both would end on the same one. A fixed day that lies further ahead than
    the months is none.
    """
    if validity.months is None:
        return None
    begins = _day(completed_at, zone)
    renews = earlier_until is not None and earlier_until > completed_at
    if renews and earlier_until is not None and validity.counts_from is not ValidFrom.COMPLETION:
        begins = _day(earlier_until, zone)
    latest = months_later(begins, validity.months)
    if validity.counts_from is ValidFrom.FIXED_DAY and validity.fixed_day:
        return _start(_after_fixed_day(validity.fixed_day, begins, latest), zone)
    return _start(latest, zone)


def window(completed_at: datetime, until: datetime, days: int) -> datetime:
    """Since when a period that ends at `until` can be renewed: so many days before, never before half of it is over."""
    return max(until - days * _DAY, completed_at + (until - completed_at) / 2)


def opens_new_period(completed_at: datetime, until: datetime | None, days: int, at: datetime) -> bool:
    """Whether a completion at `at` begins the period after one that holds; inside that one it adds nothing."""
    return until is not None and at >= window(completed_at, until, days)


def _after_fixed_day(month_and_day: str, begins: date, latest: date) -> date:
    """The day after the last such day of a year that is not beyond `latest`; `latest` when there is none to come."""
    month, day = (int(part) for part in month_and_day.split("-"))
    for year in range(latest.year, begins.year - 1, -1):
        after = date(year, month, min(day, calendar.monthrange(year, month)[1])) + _DAY
        if begins < after <= latest:
            return after
    return latest


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _start(day: date, zone: str) -> datetime:
    """The moment at which a day begins, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
