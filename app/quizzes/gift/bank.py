"""Reads a whole GIFT bank."""

from collections.abc import Iterable

from app.quizzes.gift.blocks import blocks, clean, decode
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.parser import parse_block
from app.quizzes.gift.questions import Question

MOST_CHARACTERS = 2_000_000


def parse(gift: str | bytes) -> Bank:
    """Read a bank and list everything that is wrong with it, never only the first fault.

    Source of the rules: Moodle's GIFT format. Bytes are UTF-8; a byte-order mark and any line ends are understood.
    """
    if len(gift) > MOST_CHARACTERS:
        return bank_of([], [Fault(1, "file_too_large")])
    faults: list[Fault] = []
    lines = clean(decode(gift) if isinstance(gift, bytes) else gift, faults)
    questions = []
    for block in blocks(lines):
        question, found = parse_block(block)
        faults += found
        if question:
            questions.append(question)
    return bank_of(questions, faults)


def bank_of(questions: list[Question], faults: Iterable[Fault]) -> Bank:
    """The bank of what was read in any format, with its faults in the order of their lines."""
    faults = sorted([*faults, *_duplicate_ids(questions)])
    return Bank(
        readable=tuple(questions),
        errors=tuple(fault for fault in faults if fault.is_error),
        warnings=tuple(fault for fault in faults if not fault.is_error),
    )


def _duplicate_ids(questions: list[Question]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for question in questions:
        if question.id in seen:
            faults.append(Fault(question.line, "duplicate_id", question.id or ""))
        elif question.id:
            seen.add(question.id)
    return faults
