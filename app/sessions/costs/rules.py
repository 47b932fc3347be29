"""Amounts of money as people write and read them. Pure.

Amounts are kept in the smallest unit of their currency (ISO 4217); amounts of two currencies are never added.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

LARGEST = 10**13
"""In minor units: more than any training session costs; a slip of the finger is refused."""

CURRENCIES: Mapping[str, int] = {
    "USD": 2, "EUR": 2, "BDT": 2, "EGP": 2, "ETB": 2, "HTG": 2, "IDR": 2, "JOD": 3, "KHR": 2, "LKR": 2, "MGA": 2,
    "NIO": 2, "PKR": 2, "UZS": 2, "VND": 0,
}  # fmt: skip
"""Code -> digits after the point (ISO 4217): two that donors pay in, and those of the countries."""


_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_GROUPED = {".": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+", re.ASCII),
            ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+", re.ASCII)}  # fmt: skip
"""Thousands, beside the sign that parts the fraction."""


def minor(text: str, currency: str) -> int | None:
    """What somebody wrote - `1,250.50`, `1.250,50` or `1250.5` - in minor units; None for what is no such amount above
    nothing, or could be two.

    Point and comma part thousands in one country and the fraction in another. How many places the currency has mostly
    tells which: `15.000` of a currency without a fraction is fifteen thousand.
    """
    digits, plain = CURRENCIES.get(currency), text.strip().translate(_SPACES)
    if digits is None or not plain.isascii():
        return None
    readings = {mark: units for mark in _GROUPED if (units := _read(plain, mark, digits)) is not None}
    if len(set(readings.values())) > 1 and "," in plain:  # with a point alone it is as the pages write it themselves
        return None
    units = next(iter(readings.values()), 0)
    return units if 0 < units <= LARGEST else None


def example(currency: str) -> str:
    """An amount as nobody misreads it."""
    digits = CURRENCIES.get(currency, 2)
    return f"{Decimal(1250):.{digits}f}"


def _read(plain: str, mark: str, digits: int) -> int | None:
    """Minor units, where this sign parts the fraction."""
    whole, has_mark, fraction = plain.partition(mark)
    if has_mark and not (fraction.isdigit() and len(fraction) <= digits):
        return None
    if not whole.isdigit() and not _GROUPED[mark].fullmatch(whole):
        return None
    return int(re.sub(r"\D", "", whole) + fraction.ljust(digits, "0"))


def major(amount: int, currency: str) -> Decimal:
    """Minor units as people read them."""
    return Decimal(amount).scaleb(-CURRENCIES.get(currency, 2))
