"""Weights in percent: only those on Moodle's list exist, so that thirds add up to a whole."""

import re
from decimal import Decimal

_WHOLE = (100, 90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 10, 5, 0)
_PARTS = ("83.33333", "66.66667", "33.33333", "16.66667", "14.28571", "12.5", "11.11111")
WEIGHTS = tuple(sorted({sign * Decimal(weight) for weight in (*_WHOLE, *_PARTS) for sign in (1, -1)}))
# A weight rounded to one decimal is understood (33.3 is a third), a different number is not.
_NEAR = Decimal("0.05")
_WEIGHT = re.compile(r"%(\S*?)%\s*")
_OPEN = re.compile(r"%[-+]?\d[\d.,]*")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(\.\d{0,20})?|\.\d{1,20})")


def cut_weight(text: str) -> tuple[Decimal | None, str]:
    """The weight before an answer (None when there is none or it is wrong) and the text without it."""
    found = _WEIGHT.match(text) or _OPEN.match(text)
    if not found:
        return None, text
    return (nearest(found[1]) if found.re is _WEIGHT else None), text[found.end() :]


def nearest(written: str) -> Decimal | None:
    """The weight of the list that a written one means."""
    if not _NUMBER.fullmatch(written):
        return None
    number = Decimal(written)
    best = min(WEIGHTS, key=lambda weight: abs(weight - number))
    return best if abs(best - number) <= _NEAR else None
