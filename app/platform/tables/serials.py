"""Days as spreadsheet programs count them."""

from datetime import date, datetime, time, timedelta

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_FALSE_LEAP_DAY = 60
_DAY_SECONDS = 86_400


def serial_to_date(serial: float, *, date_1904: bool) -> date | None:
    """The day of a serial number, its fraction (time of day) dropped; None outside 1900 to 9999.

    The 1900 system counts a 29 February 1900 that never was, so days before it are one off.
    """
    days = int(serial) if 0 < serial <= _LAST_SERIAL else 0
    if days < 1:
        return None
    if date_1904:
        return _EPOCH_1904 + timedelta(days=days) if days <= _LAST_SERIAL - 1462 else None
    return _EPOCH_1900 + timedelta(days=days + (1 if days < _FALSE_LEAP_DAY else 0))


def serial_to_moment(serial: float, *, date_1904: bool) -> date | None:
    """Day and time of a serial number, to the second; the day alone when it is midnight. None like `serial_to_date`."""
    seconds = round(serial % 1 * _DAY_SECONDS)
    day = serial_to_date(serial + (1 if seconds == _DAY_SECONDS else 0), date_1904=date_1904)
    if day is None or not seconds % _DAY_SECONDS:
        return day
    return datetime.combine(day, time()) + timedelta(seconds=seconds)
