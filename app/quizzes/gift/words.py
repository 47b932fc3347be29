"""The format in square brackets before a text."""

import re

from app.quizzes.gift.escapes import show
from app.quizzes.gift.faults import Fault
from app.quizzes.gift.questions import Format, Words

_TAG = re.compile(r"\s*\[([A-Za-z]+)\]")


def cut_format(text: str, line: int, faults: list[Fault]) -> tuple[str, Format | None]:
    """The text without its format, and the format. An unknown one stays in the text, as in Moodle, with a warning."""
    found = _TAG.match(text)
    if not found:
        return text, None
    if found[1].lower() not in set(Format):
        faults.append(Fault(line, "unknown_format", found[1]))
        return text, None
    return text[found.end() :], Format(found[1].lower())


def words(text: str, question_format: Format, line: int, faults: list[Fault]) -> Words | None:
    """A text inside a question; None when there is nothing."""
    rest, own = cut_format(text, line, faults)
    shown = show(rest)
    return Words(shown, None if own is question_format else own) if shown else None
