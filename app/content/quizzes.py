"""Quizzes of a course: every item has its own title, and a translation changes nothing but the words."""

from collections.abc import Iterator

from app.content.problems import Problem
from app.content.read import QuizFile
from app.quizzes.gift import Choice, Description, Matching, Numeric, Question, TrueFalse
from app.quizzes.rules import is_counted


def quiz_problems(quiz: QuizFile, source: QuizFile | None) -> Iterator[Problem]:
    """Problems beyond those of GIFT itself. `source` is the same quiz in the source language, None for itself."""
    if not quiz.bank.is_accepted:
        return
    yield from _titles(quiz)
    if not any(is_counted(question) for question in quiz.bank.questions):
        yield Problem(str(quiz.file), 1, "the quiz has no question that can be graded")
    if source and source.bank.is_accepted:
        yield from _differences(quiz, source)


def _titles(quiz: QuizFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for question in quiz.bank.questions:
        if question.title is None and not isinstance(question, Description):
            yield Problem(str(quiz.file), question.line, "the question has no ::title::")
        elif question.title in seen:
            yield Problem(str(quiz.file), question.line, f"::{question.title}:: is the title of an earlier question")
        if question.title:
            seen.add(question.title)


def _differences(quiz: QuizFile, source: QuizFile) -> Iterator[Problem]:
    here, there = quiz.bank.questions, source.bank.questions
    if len(here) != len(there):
        line = here[-1].line if here else 1
        yield Problem(str(quiz.file), line, f"{len(here)} questions, but {source.locale} has {len(there)}")
    for question, original in zip(here, there, strict=False):
        difference = _difference(question, original)
        if difference:
            yield Problem(
                str(quiz.file), question.line, f"unlike {source.file.name} line {original.line}: {difference}"
            )


def _difference(question: Question, original: Question) -> str | None:
    """In what a translated question is another question than the original, or None."""
    if question.title != original.title:
        return f"the title is ::{question.title}::, not ::{original.title}::"
    if question.type != original.type:
        return f"the kind is {question.type}, not {original.type}"
    if _skeleton(question) != _skeleton(original):
        return "the options, their order or their weights differ"
    return None


def _skeleton(question: Question) -> object:
    """What must be equal in every language. Accepted short texts are words, so their number may differ."""
    match question:
        case Choice():
            return [option.fraction for option in question.options]
        case Numeric():
            return [(number.low, number.high, number.fraction) for number in question.numbers]
        case TrueFalse():
            return question.correct
        case Matching():
            return len(question.pairs), len(question.distractors)
        case _:
            return None
