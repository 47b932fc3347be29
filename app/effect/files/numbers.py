"""Numbers with decimals as people write them, in digits of any script."""

import re
from collections.abc import Iterable

from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

_CLEAR = str.maketrans({"٫": ".", "٬": "", "'": "", "’": "", "−": "-", "٪": "", "%": "", "．": ".", "，": ","})
_DECIMAL_COMMA = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:\.\d{3})+,\d{3}")
_DECIMAL_DOT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{2,3})+)\.(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:,\d{3})+\.\d{3}")
_GROUPED = {
    ",": re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?"),
    ".": re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d*)?"),
}
_SMALL = {sign: re.compile(rf"\d{{1,2}}\{sign}\d{{3}}") for sign in ",."}
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d*)?|-?\.\d+")


def _written(value: Value) -> str:
    text = ascii_digits(as_text(value))
    return text.translate(_CLEAR).replace(" ", "").replace("\u00a0", "").replace("\u202f", "").removeprefix("+")


def has_decimal_comma(fractions: Iterable[Value], wholes: Iterable[Value] = ()) -> bool:
    """Whether a file writes 48,9: some number can only be read so, and none only the other way. Three decimals look
    like a thousand: of `fractions`, which never come near one, they are decimals; of `wholes` they never are. Those
    decide where nothing else does."""
    parts, whole = ({_written(value) for value in values if isinstance(value, str)} for values in (fractions, wholes))
    comma, dot = (
        any(map(form.fullmatch, parts | whole)) or any(map(small.fullmatch, parts))
        for form, small in ((_DECIMAL_COMMA, _SMALL[","]), (_DECIMAL_DOT, _SMALL["."])))
    if comma or dot:
        return comma and not dot
    dotted = [text for text in whole if "." in text]
    return any(not text.endswith(".000") for text in dotted) and all(map(_GROUPED["."].fullmatch, dotted))


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
