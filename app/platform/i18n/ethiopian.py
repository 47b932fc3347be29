"""The Ethiopian calendar of thirteen months, and the everyday clock that counts from dawn."""

from datetime import date, datetime, time

from app.platform.i18n.formats import local_digits
from app.platform.i18n.speaking import gettext as _
from app.platform.i18n.texts import FALLBACK, current_language

_EPOCH = 2795  # the day before 1 Meskerem 1 (29 August 8, Julian), as `date.toordinal` counts
PAGUME = 13
MONTHS = {
    "en": ("Meskerem", "Tikimt", "Hidar", "Tahsas", "Tir", "Yekatit", "Megabit", "Miyazya", "Ginbot", "Sene", "Hamle",
           "Nehase", "Pagume"),
    "am": ("መስከረም", "ጥቅምት", "ኅዳር", "ታኅሣሥ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ", "ግንቦት", "ሰኔ", "ሐምሌ", "ነሐሴ", "ጳጉሜን"),
}
_DAWN = 6
_IN_AMHARIC = ("ከቀኑ {}", "ከሌሊቱ {}")


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


def to_ethiopian(day: date) -> tuple[int, int, int]:
    """Year, month and day. Only for days after the calendar began, in the year 8."""
    since = day.toordinal() - _EPOCH - 1
    year = (4 * since + 1463) // 1461  # four years have 1461 days, the third of them the longer Pagume
    month, number = divmod(since - 365 * (year - 1) - year // 4, 30)
    return year, month + 1, number + 1


def format_ethiopian(day: date, locale: str | None = None) -> str:
    """For example 1 Meskerem 2019."""
    code = locale or current_language()
    year, month, number = to_ethiopian(day)
    return local_digits(f"{number} {MONTHS.get(code, MONTHS[FALLBACK])[month - 1]} {year}", code)


def format_dawn(moment: datetime | time, locale: str | None = None) -> str:
    """Wall time as people say it: 09:00 is 3:00 by day, 21:00 is 3:00 by night."""
    code = locale or current_language()
    clock = local_digits(f"{(moment.hour - _DAWN - 1) % 12 + 1}:{moment.minute:02}", code)
    is_day = _DAWN <= moment.hour < _DAWN + 12
    if code == "am":
        return _IN_AMHARIC[not is_day].format(clock)
    return _("%(time)s by day", time=clock) if is_day else _("%(time)s by night", time=clock)
