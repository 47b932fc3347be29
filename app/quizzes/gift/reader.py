"""What the readers of the answer kinds share: where they are, what went wrong, the pieces between the marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from app.quizzes.gift.blocks import Block
from app.quizzes.gift.escapes import show
from app.quizzes.gift.faults import Fault
from app.quizzes.gift.questions import Format, Words
from app.quizzes.gift.weights import cut_weight
from app.quizzes.gift.words import words


class Common(TypedDict):
    """What every kind of question is made with."""

    text: str
    line: int
    title: str | None
    category: str | None
    format: Format
    general_feedback: Words | None
    missing_word: bool
    id: str | None
    tags: tuple[str, ...]
    source: str | None
    review: str | None
    alt: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer as written: its mark (= or ~, or nothing), what follows, and where in the block that begins."""

    mark: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Reader:
    """A block being read; faults are collected, never raised."""

    block: Block
    faults: list[Fault]
    format: Format

    def fault(self, code: str, at: int, detail: str = "") -> None:
        """Note what is wrong at an offset of the block."""
        self.faults.append(Fault(self.block.line_at(at), code, detail))

    def pieces(self, body: str, at: int, marks: str) -> Iterator[Piece]:
        """The answers of a body; text before the first mark is a piece without mark."""
        for found in re.finditer(f"[{marks}]?[^{marks}]*", body):
            if found[0].strip():
                mark = found[0][0] if found[0][0] in marks else ""
                inner = found[0][len(mark) :]
                blank = len(inner) - len(inner.lstrip())
                yield Piece(mark, inner.strip(), at + found.start() + (0 if mark else blank))

    def weight(self, piece: Piece) -> tuple[Decimal, str]:
        """The percentage of a piece and its text without it; = alone is 100, ~ alone is 0."""
        weight, rest = cut_weight(piece.text)
        if weight is not None:
            return weight, rest
        if rest != piece.text:
            self.fault("bad_weight", piece.at, show(piece.text.removesuffix(rest)))
        return Decimal(0 if piece.mark == "~" else 100), rest

    def words(self, text: str, at: int) -> Words | None:
        """A text with its own format if it has one; None when there is nothing."""
        return words(text, self.format, self.block.line_at(at), self.faults)
