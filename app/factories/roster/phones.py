"""Phone numbers as people write them into a cell."""

import re
from functools import cache
from typing import NamedTuple

import phonenumbers

from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

_DAMAGED = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\s?\+?\d{1,3}")
_BETWEEN = re.compile(r"[/,;|&\n\r،؛]|\bor\b")
_NATIONAL_ZERO = re.compile(r"\(\s*0\s*\)")
_NOT_DIGIT = re.compile(r"\D+")
_LONGEST = 15
# a few numbers with words around them; whoever writes more into a cell gets no more looked at
_LONGEST_CELL = 200


def read_phone(value: Value, country: str | None) -> tuple[str | None, str | None]:
    """The first valid number of the country in E.164, and a problem code if there is none.

    Blank and `-` are no number and no problem. `phone_damaged`: a program has rounded it (3.00E+09).
    """
    shown = as_text(value)
    if not shown or not shown.strip("-–— "):
        return None, None
    if _DAMAGED.fullmatch(ascii_digits(shown)):
        return None, "phone_damaged"
    return _read(ascii_digits(value if isinstance(value, str) else shown), country)


def _read(text: str, country: str | None) -> tuple[str | None, str | None]:
    for part in _BETWEEN.split(text[:_LONGEST_CELL]):
        number = _number(part, country)
        if number:
            return number, None
    return None, "phone_invalid"


def _number(part: str, country: str | None) -> str | None:
    part = _NATIONAL_ZERO.sub("", part)
    pieces = part.split()
    digits = sum(char.isdigit() for char in part)
    # two numbers with only a space between them: try ever fewer groups
    ends = range(len(pieces), 0, -1) if digits > _LONGEST else (len(pieces),)
    for end in ends:
        found = _valid("".join(pieces[:end]), country)
        if found:
            return found
    return None


def _valid(text: str, country: str | None) -> str | None:
    first = next((index for index, char in enumerate(text) if char.isdigit()), None)
    if first is None or any(char.isalpha() for char in text[first:].rstrip(")")):
        return None
    plain = _NOT_DIGIT.sub("", text)
    if len(plain) > _LONGEST + 4:
        return None
    plus = "+" in text[:first]
    for form in _forms(plain, plus=plus):
        number = _usual(form, country) if country and not plus else None
        if number:
            return number
        number = _parsed(form, country)
        if number:
            return number
    return None


def _forms(digits: str, *, plus: bool) -> list[str]:
    """Ways to read the digits: with 00 or + as international, else national, then with a lost plus or lost zero."""
    if plus:
        return [f"+{digits}"]
    if digits.startswith("00"):
        return [f"+{digits[2:]}", digits[1:]]
    return [digits, f"+{digits}", f"0{digits}"]


def _usual(digits: str, country: str) -> str | None:
    """What `_parsed` answers for nearly every number of a list, in a tenth of the time: the one way to write a mobile
    number of the country, with the national zero. None leaves the answer to `_parsed`."""
    usual = _mobile(country)
    if usual is None or digits[:1] != "0" or digits[1:2] == "0":
        return None
    is_both = usual.general.fullmatch(digits) or usual.abroad.match(digits)
    mobile = digits[1:]
    return f"+{usual.code}{mobile}" if usual.mobile.fullmatch(mobile) and not is_both else None


class _Mobile(NamedTuple):
    code: int
    general: re.Pattern[str]
    abroad: re.Pattern[str]
    mobile: re.Pattern[str]


@cache
def _mobile(country: str) -> _Mobile | None:
    """How mobile numbers look in a country where a zero, and nothing else, stands before national ones."""
    known = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    if known is None or known.mobile is None or known.general_desc is None or known.leading_digits:
        return None
    if not known.national_prefix == known.national_prefix_for_parsing == "0":
        return None
    general, mobile = known.general_desc.national_number_pattern, known.mobile.national_number_pattern
    if not (general and mobile and known.international_prefix and known.country_code):
        return None
    return _Mobile(
        known.country_code, re.compile(general), re.compile(known.international_prefix), re.compile(mobile)
    )


def _parsed(text: str, country: str | None) -> str | None:
    if country is None and not text.startswith("+"):
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    region = country or phonenumbers.region_code_for_number(number)
    if not region or not phonenumbers.is_valid_number_for_region(number, region):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
