"""Does what stands in a column agree with what its heading says?"""

from collections.abc import Sequence
from itertools import pairwise

from app.factories.roster.dates import read_date
from app.factories.roster.sexes import is_sex_word
from app.factories.roster.text import ascii_digits

_MOST = 0.5
_CITIZEN_DIGITS = 12
_LONG_NUMBER = 20
_PHONE_DIGITS = 6


def fits(kind: str, data: Sequence[str]) -> bool | None:
    """True or False when the kind can be recognised by its content, None when it cannot or there is no data."""
    test = _TESTS.get(kind)
    if test is None or not data:
        return None
    return sum(map(test, data)) >= _MOST * len(data)


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _is_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and len(text) <= _LONG_NUMBER and " " not in text.strip()


def _is_name(text: str) -> bool:
    return not _digits(text) and any(char.isalpha() for char in text)


def _is_citizen_number(text: str) -> bool:
    """Numbers of citizens have twelve digits and more; employee numbers are for people to read aloud."""
    plain = text.replace("-", "").replace(" ", "")
    return plain.isdecimal() and len(plain) >= _CITIZEN_DIGITS


def _is_date(text: str) -> bool:
    value = ascii_digits(text)
    return any(
        read_date(value, ethiopian=other, date_1904=False, buddhist=True).day is not None for other in (False, True))


def _is_phone(text: str) -> bool:
    return _digits(text) >= _PHONE_DIGITS


_TESTS = {
    "employee_number": _is_number, "citizen_id": _is_citizen_number, "sex": is_sex_word, "joined": _is_date,
    "birth": _is_date, "phone": _is_phone, "name": _is_name, "local_name": _is_name, "given_name": _is_name,
    "family_name": _is_name,
}


def is_counting(data: Sequence[str]) -> bool:
    """True for 1, 2, 3 ... with a few gaps: a column that only numbers the rows."""
    numbers = [int(text) for text in map(ascii_digits, data) if text.isdecimal() and len(text) < 9]
    if len(numbers) < _MOST * len(data) or len(numbers) < 2:
        return False
    steps = sum(second - first == 1 for first, second in pairwise(numbers))
    return numbers[0] <= 1 and steps >= 0.8 * (len(numbers) - 1)
