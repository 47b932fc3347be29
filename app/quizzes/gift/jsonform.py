"""A bank under the names that other tools exchange it with; formats of single answers are not part of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import (
    Choice,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    TrueFalse,
    Words,
)


def as_json(bank: Bank, file: str, kind: str = "gift") -> dict[str, Any]:
    """Outcome, counts, questions, errors as line and code, messages as `file:line: what is wrong`."""
    report: dict[str, Any] = {
        "kind": kind,
        "file": file,
        "outcome": "accepted" if bank.is_accepted else "refused",
        "counts": {"questions": len(bank.questions), "errors": len(bank.errors)},
        "questions": [question_as_json(question) for question in bank.questions],
        "errors": _faults(bank.errors),
        "messages": [f"{file}:{fault.line}: {fault.message}" for fault in (*bank.errors, *bank.warnings)],
    }
    if bank.warnings:
        report["warnings"] = _faults(bank.warnings)
    return report


def _faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    return [{"line": fault.line, "code": fault.code} for fault in faults]


def question_as_json(question: Question) -> dict[str, Any]:
    """One question; `missing_word`, `id`, `tags` and `alt` are left out when there is nothing to say."""
    form: dict[str, Any] = {
        "line": question.line,
        "category": question.category,
        "title": question.title,
        "type": question.type,
        "format": question.format.value,
        "text": question.text,
        **_answers(question),
        "general_feedback": _text(question.general_feedback),
    }
    extra = {"missing_word": question.missing_word, "id": question.id, "tags": list(question.tags)}
    extra |= {"alt": question.alt}
    return form | {name: value for name, value in extra.items() if value}


def _answers(question: Question) -> dict[str, Any]:
    match question:
        case Choice() | Short():
            return {"answers": [_option(option) for option in question.options]}
        case Numeric():
            other = {"feedback_wrong": question.feedback_wrong.text} if question.feedback_wrong else {}
            return {"answers": [_number(number) for number in question.numbers], **other}
        case TrueFalse():
            feedback = {"wrong": question.feedback_wrong, "right": question.feedback_right}
            said = {f"feedback_{side}": _text(words) for side, words in feedback.items()}
            return {"correct": question.correct, **said}
        case Matching():
            return {
                "pairs": [[left.text, right] for left, right in question.pairs],
                "distractors": list(question.distractors),
            }
        case Ordering():
            return {"items": [item.text for item in question.items]}
        case _:
            return {}


def _option(option: Option) -> dict[str, Any]:
    return {
        "text": option.words.text,
        "fraction": _plain(option.fraction),
        "feedback": _text(option.feedback),
    }


def _number(number: Number) -> dict[str, Any]:
    bounds = {"min": number.low, "max": number.high}
    if number.value is not None:
        bounds = {"value": number.value, "tolerance": number.tolerance}
    rest = {"fraction": _plain(number.fraction), "feedback": _text(number.feedback)}
    return {name: _plain(bound) for name, bound in bounds.items()} | rest


def _text(words: Words | None) -> str | None:
    return words.text if words else None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
