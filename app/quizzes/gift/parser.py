"""Reads one block: title, format, text, answers."""

import re
from dataclasses import dataclass

from app.quizzes.gift.answers import read_answers
from app.quizzes.gift.blocks import Block
from app.quizzes.gift.escapes import show
from app.quizzes.gift.faults import Fault
from app.quizzes.gift.questions import GAP, Description, Format, Question
from app.quizzes.gift.reader import Common, Reader
from app.quizzes.gift.tagged import as_tagged
from app.quizzes.gift.words import cut_format

_ID = re.compile(r"(?<!\\)\[id:((?:[^\\\]]|\\.)*)\]")
_TAG = re.compile(r"(?<!\\)\[tag:((?:[^\\\]]|\\.)*)\]")
_ALT = re.compile(r"(?<!\\)\[alt:((?:[^\\\]]|\\.)*)\]")
_SOURCE = re.compile(r"^source:\s*(.*?)(?=\s+review(?: by)?:|$)")
_REVIEW = re.compile(r"\breview(?: by)?:\s*(\d{4}-\d{2}-\d{2})\b")


@dataclass(frozen=True, slots=True)
class Cut:
    """A block cut at its braces; `body` is None for a text without answers."""

    head: str
    body: str | None
    body_at: int
    tail: str


def parse_block(block: Block) -> tuple[Question | None, list[Fault]]:
    """The question of a block, or None when an error makes it unreadable, and everything that is wrong with it."""
    faults: list[Fault] = []
    question = _read(block, faults)
    return (None if any(fault.is_error for fault in faults) else question), faults


def _read(block: Block, faults: list[Fault]) -> Question | None:
    start, title = _title(block, faults)
    cut = _cut(block, start, faults)
    if cut is None:
        return None
    common = _common(block, title, cut, faults)
    if cut.body is None:
        return Description(**common)
    reader = Reader(block, faults, common["format"])
    body, mark, general = cut.body.rpartition("####")
    common["general_feedback"] = reader.words(general, cut.body_at + len(body)) if mark else None
    question = read_answers(reader, body if mark else cut.body, cut.body_at, common)
    return as_tagged(question, faults)


def _title(block: Block, faults: list[Fault]) -> tuple[int, str | None]:
    """Where the text begins after the title, and the title."""
    first = block.text.partition("\n")[0]
    if not first.startswith("::"):
        return 0, None
    brace, end = first.find("{"), first.find("::", 2)
    if end < 0 or 0 <= brace < end:
        faults.append(Fault(block.numbers[0], "title_not_closed"))
        return 2, None
    return end + 2, show(first[2:end]) or None


def _cut(block: Block, start: int, faults: list[Fault]) -> Cut | None:
    text = block.text
    opened: int | None = None
    cut: Cut | None = None
    for brace in re.finditer("[{}]", text[start:]):
        at = start + brace.start()
        fault = _brace_fault(brace[0], opened is not None, cut is not None)
        if fault:
            faults.append(Fault(block.line_at(opened if opened is not None else at), fault))
            return None
        if opened is None:
            opened = at
        else:
            cut = Cut(text[start:opened], text[opened + 1 : at], opened + 1, text[at + 1 :])
            opened = None
    if opened is not None:
        faults.append(Fault(block.line_at(opened), "unclosed_brace"))
        return None
    return cut or Cut(text[start:], None, start, "")


def _brace_fault(brace: str, is_open: bool, had_block: bool) -> str | None:
    if brace == "}":
        return None if is_open else "unopened_brace"
    if is_open:
        return "unclosed_brace"
    return "two_answer_blocks" if had_block else None


def _common(block: Block, title: str | None, cut: Cut, faults: list[Fault]) -> Common:
    line = block.numbers[0]
    head, text_format = cut_format(cut.head, line, faults)
    missing_word = cut.body is not None and bool(show(cut.tail))
    text = show(head + GAP + cut.tail if missing_word else head)
    if not text.replace(GAP, "", 1) if missing_word else not text:
        faults.append(Fault(line, "empty_question"))
    notes = " ".join(block.comments)
    found_id, found_alt = _ID.search(notes), _ALT.search(notes)
    source = next((found[1] for note in block.comments if (found := _SOURCE.match(note))), None)
    review = _REVIEW.search(notes)
    return Common(
        text=text,
        line=line,
        title=title,
        category=block.category,
        format=text_format or Format.MOODLE,
        general_feedback=None,
        missing_word=missing_word,
        id=_unbracket(found_id[1]) or None if found_id else None,
        tags=tuple(tag for tag in map(_unbracket, _TAG.findall(notes)) if tag),
        source=source or None,
        review=review[1] if review else None,
        alt=_unbracket(found_alt[1]) or None if found_alt else None,
    )


def _unbracket(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()
