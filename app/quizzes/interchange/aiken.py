"""Aiken: a line of text, a line for each option, `ANSWER: A`. Nothing else."""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from app.quizzes.gift.bank import MOST_CHARACTERS, bank_of
from app.quizzes.gift.blocks import clean, decode
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import Choice, Option, Question, TrueFalse, Words
from app.quizzes.interchange.notes import Notes, refused

_OPTION = re.compile(r"([A-Z])[.)]\s+(.*)")
_BARE = re.compile(r"[A-Z][.)]")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_LETTERS = string.ascii_uppercase


@dataclass(slots=True)
class _Open:
    """A question that is being read."""

    line: int
    text: str
    options: list[str] = field(default_factory=list)


def read(data: bytes) -> Bank:
    """All questions and everything that is wrong, each with its line."""
    if len(data) > MOST_CHARACTERS:
        return refused(Fault(1, "file_too_large"))
    notes, questions = Notes(), list[Question]()
    lines = clean(decode(data), notes.faults)
    now: _Open | None = None
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line:
            continue
        if answer := _ANSWER.fullmatch(line):
            if question := _close(now, answer[1], number, notes):
                questions.append(question)
            now = None
        else:
            now = _line(now, line, number, notes)
    _unanswered(now, notes)
    return bank_of(questions, notes.faults)


def _line(now: _Open | None, line: str, number: int, notes: Notes) -> _Open | None:
    option = _OPTION.fullmatch(line)
    if option or _BARE.fullmatch(line):
        if now is None:
            notes.add(number, "aiken_text_expected", line)
        else:
            _option(now, option[1] if option else line[0], option[2] if option else "", number, notes)
        return now
    if now and not now.options:
        notes.add(number, "aiken_option_expected", line)
        return now
    _unanswered(now, notes)
    return _Open(number, line)


def _option(now: _Open, letter: str, text: str, number: int, notes: Notes) -> None:
    if letter != _LETTERS[min(len(now.options), 25)]:
        notes.add(number, "aiken_option_order", letter)
    if not text:
        notes.add(number, "empty_answer")
    now.options.append(text)


def _unanswered(now: _Open | None, notes: Notes) -> None:
    if now:
        notes.add(now.line, "aiken_answer_missing", now.text)


def _close(now: _Open | None, answer: str, number: int, notes: Notes) -> Choice | None:
    if now is None:
        notes.add(number, "aiken_text_expected", f"ANSWER: {answer}")
        return None
    if len(now.options) < 2:
        notes.add(now.line, "aiken_too_few_options")
        return None
    letters = _LETTERS[: len(now.options)]
    if len(answer) != 1 or answer not in letters:
        notes.add(number, "aiken_answer_unknown", answer)
        return None
    options = tuple(
        Option(Words(text), Decimal(100 if letter == answer else 0))
        for letter, text in zip(letters, now.options, strict=False)
    )
    return Choice(type="single", text=now.text, line=now.line, options=options)


def write(questions: Iterable[Question]) -> bytes:
    """One bank. What Aiken cannot say is left away; other kinds than one-of-several and true/false are left out."""
    return "\n".join(line for question in questions for line in _written(question)).encode()


def _written(question: Question) -> Iterator[str]:
    if isinstance(question, TrueFalse):
        yield from (_flat(question.text), "A. True", "B. False", f"ANSWER: {'A' if question.correct else 'B'}", "")
    if isinstance(question, Choice) and question.type == "single" and len(question.options) <= len(_LETTERS):
        yield _flat(question.text)
        for letter, option in zip(_LETTERS, question.options, strict=False):
            yield f"{letter}. {_flat(option.words.text)}"
        right = next((n for n, option in enumerate(question.options) if option.fraction == 100), 0)
        yield f"ANSWER: {_LETTERS[right]}"
        yield ""


def _flat(text: str) -> str:
    return " ".join(text.split())
