"""What can be wrong with a bank, each with its line."""

from dataclasses import dataclass

from app.quizzes.gift.questions import Question

ERRORS = {
    "unclosed_brace": "an answer block is opened with { and never closed; write \\{ for a brace in the text",
    "unopened_brace": "} without {; write \\} for a brace in the text",
    "title_not_closed": "the title begins with :: and is not closed with :: on the same line",
    "two_answer_blocks": "a second answer block; put a blank line between two questions",
    "empty_question": "the question has no text",
    "empty_answer": "an answer has no text",
    "text_before_answers": "text before the first = or ~ in an answer block",
    "no_right_answer": "no answer gives full points",
    "bad_weight": "this weight is not one of the usual percentages (such as %50% or %33.33333%)",
    "bad_number": "not a number",
    "range_reversed": "the range ends before it begins",
    "matching_too_few": "matching needs at least two pairs",
    "matching_without_arrow": "a pair to match has no ->",
    "duplicate_id": "the same id was given to an earlier question",
    "bad_encoding": "not UTF-8, or a control character",
}
WARNINGS = {
    "weights_not_100": "the weights of the right options do not add up to 100",
    "unknown_format": "unknown text format in square brackets; it stays in the text",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, at a line counted from 1. `detail` is the piece of text meant."""

    line: int
    code: str
    detail: str = ""

    @property
    def is_error(self) -> bool:
        """An error refuses the whole bank, a warning does not."""
        return self.code in ERRORS

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        sentence = ERRORS.get(self.code) or WARNINGS[self.code]
        return f"{sentence}: {self.detail}" if self.detail else sentence


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as read: everything that could be read, and everything that is wrong."""

    readable: tuple[Question, ...]
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def is_accepted(self) -> bool:
        """A bank is taken whole or not at all."""
        return not self.errors

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of an accepted bank; none of a refused one."""
        return self.readable if self.is_accepted else ()
