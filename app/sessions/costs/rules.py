"""Amounts of money as people write and read them. Pure.

Amounts are kept in the smallest unit of their currency (ISO 4217); amounts of two currencies are never added.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

LARGEST = 10**13
"""In minor units: more than any training session costs; a slip of the finger is refused."""

CURRENCIES: Mapping[str, int] = {
    "USD": 2, "EUR": 2, "BDT": 2, "EGP": 2, "ETB": 2, "HTG": 2, "IDR": 2, "JOD": 3, "KHR": 2, "LKR": 2, "MGA": 2,
    "NIO": 2, "PKR": 2, "UZS": 2, "VND": 0,
}  # fmt: skip
"""Code -> digits after the point (ISO 4217): two that donors pay in, and those of the countries."""


def minor(text: str, currency: str) -> int | None:
    """What somebody wrote - `1,250.50` or `1250.5` - in minor units; None for what is no such amount above nothing.

    A comma parts thousands; a point parts the fraction.
    """
    digits = CURRENCIES.get(currency)
    plain = text.strip().replace(",", "").replace("\u00a0", "").replace(" ", "")
    if digits is None or not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        return None
    try:
        units = Decimal(plain).scaleb(digits)
    except InvalidOperation:
        return None
    return int(units) if units == units.to_integral_value() and 0 < units <= LARGEST else None


def major(amount: int, currency: str) -> Decimal:
    """Minor units as people read them."""
    return Decimal(amount).scaleb(-CURRENCIES.get(currency, 2))
