"""Days as spreadsheet programs count them."""

from datetime import date, timedelta

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_FALSE_LEAP_DAY = 60


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
