"""The table of texts that the cells of an .xlsx file point into; each text is kept once."""

import re
from collections.abc import Mapping

from app.platform.tables.markup import local, walk

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Undo `_x000D_`, the way control characters are written in cells (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Strings:
    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.in_text = False
        self.phonetic = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "t":
            self.in_text = not self.phonetic
        elif name == "rPh":
            self.phonetic += 1

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            self.found.append(unescape("".join(self.pieces)))
            self.pieces.clear()

    def text(self, data: str) -> None:
        if self.in_text:
            self.pieces.append(data)


def read_strings(data: bytes | None) -> list[str]:
    """The texts in order, runs of rich text joined, reading aids (phonetic runs) left out."""
    strings = _Strings()
    if data is not None:
        walk(data, strings.start, strings.end, strings.text)
    return strings.found
