"""Answers that are numbers: `value:tolerance` or `low..high`."""

import re
from decimal import Decimal

from app.quizzes.gift.questions import EXACT, Number, Numeric
from app.quizzes.gift.reader import Common, Piece, Reader

_NUMBER = re.compile(r"[-+]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][-+]?\d{1,2})?")
MOST_DIGITS = 30


def read_numeric(reader: Reader, body: str, at: int, common: Common) -> Numeric:
    """Everything after the # that opens a block of numbers."""
    right, _, wrong = body.partition("~")
    several = "=" in right
    found = []
    for piece in reader.pieces(right, at, "="):
        if several and not piece.mark:
            reader.fault("bad_number", piece.at, piece.text)
        elif number := _number(reader, piece):
            found.append(number)
    if not right.strip():
        reader.fault("empty_answer", at)
    elif found and not any(number.fraction == 100 for number in found):
        reader.fault("no_right_answer", at)
    wrong_feedback = reader.words(wrong.partition("#")[2], at + len(right))
    return Numeric(numbers=tuple(found), feedback_wrong=wrong_feedback, **common)


def _number(reader: Reader, piece: Piece) -> Number | None:
    weight, rest = reader.weight(piece)
    written, _, feedback = rest.partition("#")
    if not written.strip():
        reader.fault("empty_answer", piece.at)
        return None
    code, low, high, value = bounds(written.strip())
    if code:
        reader.fault(code, piece.at, written.strip())
        return None
    return Number(low, high, weight, value, reader.words(feedback, piece.at))


def bounds(written: str, most: int = MOST_DIGITS) -> tuple[str | None, Decimal, Decimal, Decimal | None]:
    """What is wrong with it if anything, and else lowest, highest and the value in the middle if one was written.

    `most`: digits on each side of the point, so that what is read can be written in full again.
    """
    zero = Decimal(0)
    is_range = ".." in written
    first, mark, second = written.partition(".." if is_range else ":")
    numbers = [part.strip() for part in ((first, second) if mark else (first, "0"))]
    if not all(_NUMBER.fullmatch(part) for part in numbers):
        return "bad_number", zero, zero, None
    one, two = (Decimal(part) for part in numbers)
    if not all(_is_short(number, most) for number in (one, two)):
        return "bad_number", zero, zero, None
    if is_range:
        return ("range_reversed" if one > two else None), one, two, None
    return ("bad_number" if two < 0 else None), EXACT.subtract(one, two), EXACT.add(one, two), one


def _is_short(number: Decimal, most: int) -> bool:
    exponent = number.normalize(EXACT).as_tuple().exponent
    return number.adjusted() < most and isinstance(exponent, int) and exponent >= -most
