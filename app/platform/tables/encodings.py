"""Which encoding a text file has: byte-order marks, then UTF-16 and UTF-8 by their structure, then code pages by
how sensible the text looks."""

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from app.platform.tables.limits import TableRefused

Judge = Callable[[str], float]

CODE_PAGES = (
    "windows-1252",
    "windows-1258",
    "windows-1256",
    "windows-1251",
    "windows-1254",
    "windows-1250",
    "windows-874",
)
_PYTHON_NAMES = {"windows-874": "cp874"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_CONTROL_SHARE = 0.06  # compressed or random bytes have about 0.11
_NUL_SHARE = 0.1
_BAD_UTF8_SHARE = 0.02
_WORD = re.compile(r"[^\s,;|\t\"'()/.:\-]+")


def decode(data: bytes, preferred: Sequence[str] = (), judge: Judge | None = None) -> tuple[str, str]:
    """The text and the name of its encoding.

    `preferred` are encodings that a person chose or that are usual where the file comes from; `judge` gives points
    for text that makes sense to the caller. Raises TableRefused (not_a_spreadsheet) for bytes that are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    wide = _without_mark(data)
    if wide:
        return data.decode(wide, "replace"), wide
    if len(_CONTROLS.findall(data[:_SAMPLE])) > _CONTROL_SHARE * len(data[:_SAMPLE]):
        raise TableRefused("not_a_spreadsheet")
    return _utf8(data) or _code_page(data, preferred, judge)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: its line ends and separators have a zero byte on one side."""
    sample = data[:_SAMPLE]
    if sample.count(0) < _NUL_SHARE * len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None


def _utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8, also with a few broken letters: cut at the end, or one row pasted from elsewhere."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad, good = text.count("\ufffd"), sum(1 for char in text[:_SAMPLE] if char > "\x7f")
    return (text, "utf-8") if bad < _BAD_UTF8_SHARE * good else None


def _code_page(data: bytes, preferred: Sequence[str], judge: Judge | None) -> tuple[str, str]:
    best: tuple[float, str] | None = None
    for name in dict.fromkeys([*preferred, *CODE_PAGES]):
        sample = _decoded(data[:_SAMPLE], name)
        if sample is not None:
            points = plausibility(sample) + (judge(sample) if judge else 0.0)
            if best is None or points > best[0]:
                best = points, name
    if best is None:
        raise TableRefused("not_a_spreadsheet")
    return data.decode(_PYTHON_NAMES.get(best[1], best[1]), "replace"), best[1]


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(_PYTHON_NAMES.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return None


def plausibility(text: str) -> float:
    """Mean points per word with other than ASCII letters: +1 when it is spelt like a word, less for symbols in it, two
    scripts in it, or capitals after small letters - the marks of a wrong code page."""
    words = {word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()}
    return sum(_points(word) for word in words) / len(words) if words else 0.0


def _points(word: str) -> float:
    letters = [char for char in word if char.isalpha()]
    scripts = {unicodedata.name(char, "?").partition(" ")[0] for char in letters}
    odd = sum(1 for char in word if unicodedata.category(char) in {"Cc", "Cf", "Cn", "Sc", "Sk", "So", "Sm", "Po"})
    mixed_case = any(a.islower() and b.isupper() for a, b in pairwise(letters))
    return 1.0 - odd - (1.0 if len(scripts) > 1 else 0.0) - (1.0 if mixed_case else 0.0) - (0.0 if letters else 1.0)
