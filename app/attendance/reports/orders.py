"""Whether the day or the month stands first: as told, else from the days of the file and that of the session. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.attendance.reports.moments import ORDERS, Written

_YEAR_DIGITS = 4
_NEAR_DAYS = 1
"""A meeting that runs past midnight, or a clock of another zone, is still that of the session."""


@dataclass(frozen=True)
class Order:
    """`value` is None where no day depends on it; `differs` when the file refutes what was told; `unclear` when
    several are possible and none fits the session."""

    value: str | None
    differs: bool = False
    unclear: bool = False


def choose_order(found: Iterable[Written], told: str | None, session_date: date | None) -> Order:
    """The order in which all days of the file exist; of several the one with days at the session's date."""
    written = list({each.day: each for each in sorted(found, key=lambda each: each.has_period) if each.day}.values())
    days = {each.day for each in written if each.day}
    if not days:
        return Order(told)
    if all(len(day[0]) == _YEAR_DIGITS for day in days):
        return Order("ymd", differs=told not in {None, "ymd"})
    read = {order: _days(written, order) for order in ORDERS}
    whole = {order: seen for order, seen in read.items() if None not in seen}
    if told and (told in whole or not whole):
        return Order(told)
    if not whole:
        return Order(max(ORDERS, key=lambda order: sum(day is not None for day in read[order])))
    chosen = _closest({order: {day for day in seen if day} for order, seen in whole.items()}, session_date, written)
    return Order(chosen, differs=told is not None, unclear=chosen is None)


def _days(written: Iterable[Written], order: str) -> set[date | None]:
    return {each.on(order) for each in written}


def _closest(
    whole: dict[str, Collection[date]], session_date: date | None, written: Collection[Written]
) -> str | None:
    if len(whole) == 1:
        return next(iter(whole))
    usual = "mdy" if any(each.has_period for each in written) else "dmy"
    preferred = sorted(whole, key=lambda order: order != usual)
    if all(whole[order] == whole[preferred[0]] for order in preferred):
        return preferred[0]
    if session_date is None:
        return None
    away = {order: min(abs((day - session_date).days) for day in whole[order]) for order in preferred}
    best = min(preferred, key=lambda order: away[order])
    return best if away[best] <= _NEAR_DAYS else None
