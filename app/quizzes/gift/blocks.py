"""Cuts a file into the blocks that hold one question each; a blank line or a category ends a block."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from app.quizzes.gift.escapes import hide
from app.quizzes.gift.faults import Fault

# C0 and C1 controls, surrogates and what is no character: the traces of another encoding, never text.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CATEGORY = "$CATEGORY:"
_CATEGORY_ROOT = re.compile(r"^\$\w+\$/?(top(/|$))?")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, trimmed and without comments, as one text with the escapes hidden."""

    category: str | None
    numbers: tuple[int, ...]
    text: str
    comments: tuple[str, ...]
    ends: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """The line of the file at an offset into `text`."""
        return self.numbers[min(bisect_left(self.ends, offset), len(self.numbers) - 1)]


@dataclass(slots=True)
class _Open:
    """A block that is being collected."""

    category: str | None
    numbers: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def close(self) -> Block:
        lines = [hide(line) for line in self.lines]
        ends = tuple(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
        return Block(self.category, tuple(self.numbers), "\n".join(lines), tuple(self.comments), ends)


def decode(raw: bytes) -> str:
    """UTF-8 with or without byte-order mark; wrong bytes become surrogates, which `clean` reports."""
    return raw.decode("utf-8", "surrogateescape")


def clean(text: str, faults: list[Fault]) -> list[str]:
    """The lines of a file; characters that cannot be text are reported once a line and replaced."""
    lines = _NEWLINE.split(text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, 1):
        if NOT_TEXT.search(line):
            faults.append(Fault(number, "bad_encoding"))
            lines[number - 1] = NOT_TEXT.sub("\ufffd", line)
    return lines


def blocks(lines: list[str]) -> Iterator[Block]:
    """Each question's block in order, under the category that applies to it."""
    block = _Open(None)
    for number, line in enumerate([*lines, ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            block.comments.append(stripped[2:].strip())
        elif stripped and not stripped.startswith(_CATEGORY):
            block.numbers.append(number)
            block.lines.append(stripped)
        else:
            if block.lines:
                yield block.close()
            block = _Open(_category(stripped) if stripped else block.category)


def _category(line: str) -> str | None:
    return category_from(line.removeprefix(_CATEGORY))


def category_from(path: str) -> str | None:
    """A category without the root that every course has."""
    return _CATEGORY_ROOT.sub("", path.strip()).strip() or None
