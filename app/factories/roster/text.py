"""Cleaning of text as it stands in cells, and folding for comparing words."""

import re
import unicodedata

from app.platform.tables import CellError, Value

# zero-width space, word joiner, byte-order mark, soft hyphen, direction marks and isolates, Arabic stretching
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0640]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_JOINER = re.compile("[\u200c\u200d]+")
_ERROR = re.compile(r"#(?:N/?A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_FOLDED = str.maketrans({"đ": "d", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "’": "'", "ʻ": "'"})


def clean(text: str) -> str:
    """NFC without invisible signs, every kind of space one space, trimmed. Joiners stay between letters only.

    Rule: samples README, rosters, "Text". Case stays as written.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub(lambda match: _kept_joiner(text, match), text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _kept_joiner(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()][-1:], text[match.end():][:1]
    inside = all(char and unicodedata.category(char)[0] in "LM" for char in (before, after))
    return match[0][:1] if inside else ""


def as_text(value: Value) -> str:
    """A cell as a person reads it: whole numbers without `.0`, dates in ISO form, blank as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.text if isinstance(value, CellError) else value.isoformat()


def error_text(value: Value) -> str | None:
    """The error that a cell shows, such as #N/A, also where a format keeps it as text. A letter lost in a wrong
    encoding (U+FFFD) is an error too: nobody knows what stood there."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, str) and ("#" in value or "Err" in value or "\ufffd" in value):
        return clean(value) if _ERROR.fullmatch(value.strip()) or "\ufffd" in value else None
    return None


def ascii_digits(text: str) -> str:
    """Digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def fold(text: str) -> str:
    """For comparing words of headings and lists: no case, no Latin accents, one form of Arabic letters, punctuation as
    spaces."""
    plain = clean(text).casefold()
    if not plain.isascii():
        plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", plain))
        plain = unicodedata.normalize("NFC", plain).translate(_FOLDED)
    return " ".join(_not_word(plain.replace("'", "")).split())


def _not_word(text: str) -> str:
    """Like a regular expression for non-words, but vowel signs and other marks belong to the word."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text)
    return "".join(char if unicodedata.category(char)[0] in "LMN" or char in "\u200c\u200d" else " " for char in text)
