"""Numbers with decimals as people write them, in digits of any script."""

import re
from collections.abc import Iterable

from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

_CLEAR = str.maketrans({"٫": ".", "٬": "", "'": "", "’": "", "−": "-", "٪": "", "%": ""})
_DECIMAL_COMMA = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:\.\d{3})+,\d{3}")
_DECIMAL_DOT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{2,3})+)\.(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:,\d{3})+\.\d{3}")
_GROUPED = {
    ",": re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?"),
    ".": re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d*)?"),
}
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d*)?|-?\.\d+")


def _written(value: Value) -> str:
    text = ascii_digits(as_text(value))
    return text.translate(_CLEAR).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")


def has_decimal_comma(values: Iterable[Value]) -> bool:
    """Whether a file writes 48,9: some number can only be read so, and none only the other way."""
    written = {_written(value) for value in values if isinstance(value, str)}
    return any(map(_DECIMAL_COMMA.fullmatch, written)) and not any(map(_DECIMAL_DOT.fullmatch, written))


def read_number(value: Value, *, decimal_comma: bool = False) -> float | None:
    """A number; None for anything else, blank too. Signs that group thousands are passed over."""
    if isinstance(value, bool) or not isinstance(value, str | float):
        return None
    if isinstance(value, float):
        return value if abs(value) < 1e12 else None  # not a number and endless fail this as well
    text = _written(value)
    group = "." if decimal_comma else ","
    if _GROUPED[group].fullmatch(text):
        text = text.replace(group, "")
    if decimal_comma:
        text = text.replace(",", ".")
    return float(text) if _PLAIN.fullmatch(text) else None
