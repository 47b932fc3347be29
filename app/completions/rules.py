"""When a course is complete, for how long that holds, and which validity period it opens. Pure."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

_PLACES = Decimal("0.000001")


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


def valid_until(completed_at: datetime, months: int | None) -> datetime | None:
    """The same day of the month so many months later - the month's last day where there is none -, or never."""
    if months is None:
        return None
    year, month = divmod(completed_at.year * 12 + completed_at.month - 1 + months, 12)
    day = min(completed_at.day, calendar.monthrange(year, month + 1)[1])
    return completed_at.replace(year=year, month=month + 1, day=day)


def opens_new_period(latest_until: datetime | None, completed_at: datetime) -> bool:
    """Whether a completion after an earlier one begins a new validity period: only when the earlier has run out."""
    return latest_until is not None and completed_at >= latest_until
