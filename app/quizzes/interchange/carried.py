"""What a format could not say: each question is written alone, read again and compared."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.quizzes.gift.blocks import NOT_TEXT
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import Choice, Matching, Numeric, Ordering, Question, Short, TrueFalse
from app.quizzes.interchange.notes import refused

_HOLLOW = {"essay", "description"}
Reader = Callable[[bytes], Bank]
Writer = Callable[[Iterable[Question]], bytes]


@dataclass(frozen=True, slots=True)
class Lost:
    """What of a question (numbered from 1, `line` as it was read) could not be written; `is_whole`: nothing of it."""

    number: int
    line: int
    parts: tuple[str, ...]
    is_whole: bool = False

    @property
    def message(self) -> str:
        """What is lost, in English."""
        if self.is_whole:
            return f"question {self.number}: left out: {'; '.join(self.parts)}"
        return f"question {self.number}: not carried over: {', '.join(self.parts)}"


def written(questions: Iterable[Question], read: Reader, write: Writer) -> tuple[bytes, tuple[Lost, ...]]:
    """The file, and what is not in it."""
    kept, lost = [], []
    for number, question in enumerate(questions, 1):
        is_text = not any(map(NOT_TEXT.search, _texts(asdict(question))))
        again = read(write([question])) if is_text else refused(Fault(question.line, "bad_encoding"))
        if reasons := tuple(_reasons(question, again)):
            lost.append(Lost(number, question.line, reasons, is_whole=True))
            continue
        kept.append(question)
        if parts := tuple(_differences(question, again.questions[0])):
            lost.append(Lost(number, question.line, parts))
    return write(kept), tuple(lost)


def _texts(value: object) -> Iterator[str]:
    """Every text in a question."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _reasons(question: Question, again: Bank) -> Iterator[str]:
    """Why the question cannot be written at all: what it would be read as is refused, or has no answers any more."""
    yield from dict.fromkeys(fault.message for fault in again.errors)
    kinds = [each.type for each in again.questions]
    if again.is_accepted and (len(kinds) != 1 or (kinds[0] in _HOLLOW and kinds[0] != question.type)):
        yield f"this format has nothing for {_kind(question)}"


def _kind(question: Question) -> str:
    """The kind in plain words."""
    return {
        "ordering": "things to bring into order",
        "true_false": "true or false",
        "single": "one of several options like these",
        "multiple": "several right options",
        "observed": "an observed task",
        "short": "a typed word",
        "numeric": "a typed number",
        "matching": "pairs to match",
        "essay": "an essay",
        "description": "a text without an answer",
    }[question.type]


def _differences(question: Question, again: Question) -> Iterator[str]:
    before, after = _parts(question), _parts(again)
    if question.type != again.type:
        yield f"kind ({question.type} became {again.type})"
        before.pop("right answer", None)
    yield from (name for name, value in before.items() if after.get(name) != value)


def _parts(question: Question) -> dict[str, Any]:
    """The question cut into parts that have a name for people."""
    return {
        "text": question.text,
        "title": question.title,
        "category": question.category,
        "format": question.format,
        "general feedback": question.general_feedback,
        "place of the missing word": question.missing_word,
        "id": question.id,
        "tags": question.tags,
        "source": question.source,
        "review date": question.review,
        "words for the picture": question.alt,
        **_answers(question),
    }


def _answers(question: Question) -> dict[str, Any]:
    match question:
        case Choice() | Short():
            return {
                "answers": [option.words for option in question.options],
                "weights": [option.fraction for option in question.options],
                "feedback": [option.feedback for option in question.options],
            }
        case Numeric():
            return {
                "numbers": [(each.low, each.high, each.value) for each in question.numbers],
                "weights": [each.fraction for each in question.numbers],
                "feedback": [*(each.feedback for each in question.numbers), question.feedback_wrong],
            }
        case TrueFalse():
            feedback = (question.feedback_wrong, question.feedback_right)
            return {"right answer": question.correct, **({"feedback": feedback} if any(feedback) else {})}
        case Matching():
            return {"pairs": question.pairs, "distractors": question.distractors}
        case Ordering():
            return {"items": question.items}
        case _:
            return {}
