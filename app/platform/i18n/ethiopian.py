"""The Ethiopian calendar, and the everyday clock there, which counts from dawn and from dusk. Pure.

Twelve months of 30 days and Pagume of 5, or 6 in a year that leaves 3 when it is divided by 4. The clock says 12 where
ours says 6: 09:00 is 3 o'clock of the day.
"""

from datetime import date, datetime
from typing import NamedTuple

_EPOCH = 2795  # the day before 1 Meskerem 1 (29 August 8, Julian), as `date.toordinal` counts
_FOUR_YEARS = 1461
_MONTH = 30
_DAWN = 6
_HALF_DAY = 12
PAGUME = 13


class EthiopianDay(NamedTuple):
    """Year, month (1 is Meskerem, 13 Pagume) and day."""

    year: int
    month: int
    day: int


def days_in_ethiopian_month(year: int, month: int) -> int:
    """30, but 5 in Pagume, 6 when the year divided by 4 leaves 3."""
    if month < PAGUME:
        return _MONTH
    return 6 if year % 4 == 3 else 5


def from_ethiopian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day, or None when there is no such Ethiopian day."""
    if not (1 <= month <= PAGUME and 1 <= year <= 9000 and 1 <= day <= days_in_ethiopian_month(year, month)):
        return None
    return date.fromordinal(_EPOCH + 365 * (year - 1) + year // 4 + _MONTH * (month - 1) + day)


def to_ethiopian(day: date) -> EthiopianDay:
    """The Ethiopian day of a Gregorian one. Raises ValueError for one before 1 Meskerem 1 (27 August 8)."""
    since = day.toordinal() - _EPOCH - 1
    if since < 0:
        raise ValueError(f"The Ethiopian calendar had not begun on {day}.")
    fours, rest = divmod(since, _FOUR_YEARS)
    # The years begin 0, 365, 730 and 1096 days after the four: the third is the long one.
    year = (4 * rest + 2) // _FOUR_YEARS
    month, before = divmod(rest - 365 * year - (year + 1) // 4, _MONTH)
    return EthiopianDay(4 * fours + year + 1, month + 1, before + 1)


def dawn_hour(moment: datetime) -> int:
    """The hour, 1 to 12, of the clock that counts from dawn (06:00) and from dusk (18:00)."""
    return (moment.hour - _DAWN) % _HALF_DAY or _HALF_DAY
