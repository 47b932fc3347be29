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
    "file_too_large": "the file is too large to be a bank of questions",
    "not_xml": "this is not well-formed XML",
    "unsafe_xml": "a document type, entities or parts from elsewhere; they are never read",
    "too_complex": "nested too deeply or made of too many parts",
    "wrong_root": "this is not what the format begins with",
    "unsupported_type": "questions of this kind cannot be taken over",
    "right_side_unclear": "each left side needs exactly one right side",
    "unknown_choice": "the right answer names a choice that is not there",
    "ordering_too_few": "ordering needs at least two items",
    "ordering_unclear": "things to bring into order stand as = lines in the right order, without weight or explanation",
    "archive_damaged": "this ZIP file or folder is damaged or holds no items",
    "archive_packing": "a file in this ZIP is packed in an unusual way; pack it with the usual one (deflate)",
    "archive_unsafe": "a name in this ZIP file leads out of it, stands there twice, is a link or is encrypted",
    "part_missing": "the package has no such file",
    "aiken_text_expected": "a question begins with one line of text",
    "aiken_option_expected": "after the question come its options, one line each, as A. or A) and then text",
    "aiken_option_order": "options are lettered A, B, C ... in this order",
    "aiken_too_few_options": "a question needs at least two options",
    "aiken_answer_missing": "the question has no line such as ANSWER: A",
    "aiken_answer_unknown": "the answer names no option of this question",
}
WARNINGS = {
    "weights_not_100": "the weights of the right options do not add up to 100",
    "unsupported_part": "not taken over",
    "kind_unclear": "the tag names another kind of question than its answers are; they stay what they are",
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
    def is_loss(self) -> bool:
        """A warning that something of the file is not in what was read."""
        return self.code == "unsupported_part"

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
