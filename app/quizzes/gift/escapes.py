"""Characters written with a backslash, hidden while the marks around them are read.

A hidden character is a lone surrogate, which no valid text holds; one character replaces two, lines stay lines.
"""

import re

_LETTERS = {"~": "~", "=": "=", "#": "#", "{": "{", "}": "}", ":": ":", "n": "\n", "\\": "\\"}
_HIDDEN = {letter: chr(0xD800 + number) for number, letter in enumerate(_LETTERS)}
_SHOWN = {ord(hidden): _LETTERS[letter] for letter, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([~=#{}:n\\])")
_SPECIAL = re.compile(r"[~=#{}\\\n]")


def hide(text: str) -> str:
    """Take the escaped characters out of sight."""
    return _ESCAPE.sub(lambda found: _HIDDEN[found[1]], text)


def show(hidden: str) -> str:
    """The text itself, trimmed."""
    return hidden.translate(_SHOWN).strip()


def escape(text: str) -> str:
    """Write a text so that `show(hide(...))` gives it back."""
    return _mark(text).replace("::", "\\:\\:")


def escape_title(text: str) -> str:
    """Like `escape`, for the inside of ::title::."""
    return _mark(text).replace(":", "\\:")


def _mark(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\n" if found[0] == "\n" else "\\" + found[0], text)
