"""Typing a paper twice: what differs. Pure."""

import re
from collections.abc import Mapping, Sequence
from secrets import token_hex

Choices = Mapping[str, Sequence[str]]
"""Id of a question -> the answer as it is stored; without an answer it is left out."""

_RECORD = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"([A-Z0-9]{4,12})(?:-([0-9]{1,9}))?")
PEOPLE_AT_ONCE = 40
"""Answer sheets of one print: more would take a printer and the typesetter too long."""


def differing(first: Choices, second: Choices, question_ids: Sequence[int]) -> list[int]:
    """The questions, in their order, that were typed differently."""
    return [each for each in question_ids if [*first.get(str(each), ())] != [*second.get(str(each), ())]]


def new_record() -> str:
    """128 random bits: every form that is shown has its own, so that sending it twice is one entry."""
    return token_hex(16)


def is_record(text: str) -> bool:
    """Whether this is the number of an entry: 128 bits as 32 small hexadecimal digits."""
    return bool(_RECORD.fullmatch(text))


def sheet_code(booklet: str, seat_id: int) -> str:
    """What stands on the answer sheet of a person."""
    return f"{booklet}-{seat_id}"


def code_read(text: str) -> tuple[str, int | None] | None:
    """The code of the form and the number of the seat that a code on paper says; None for anything else. A blank
    sheet has no number.
    """
    found = _CODE.fullmatch("".join(text.split()).upper())
    return None if found is None else (found[1], int(found[2]) if found[2] else None)
