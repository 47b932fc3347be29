"""The Ethiopian calendar."""

from datetime import date

_EPOCH = 2795  # the day before 1 Meskerem 1 (29 August 8, Julian), as `date.toordinal` counts
PAGUME = 13


def days_in_ethiopian_month(year: int, month: int) -> int:
    """30, but 5 in Pagume, 6 when the year divided by 4 leaves 3."""
    if month < PAGUME:
        return 30
    return 6 if year % 4 == 3 else 5


def from_ethiopian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day, or None when there is no such Ethiopian day."""
    if not (1 <= month <= PAGUME and 1 <= year <= 9000 and 1 <= day <= days_in_ethiopian_month(year, month)):
        return None
    return date.fromordinal(_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)
