"""Quizzes of a course: every item has its own title, and a translation changes nothing but the words."""

from collections.abc import Iterator

from app.content.blueprints import blueprint_problems
from app.content.problems import Problem, Severity
from app.content.read import Course, QuizFile
from app.content.schema import SOURCE_LOCALE
from app.quizzes.gift import Choice, Description, Matching, Numeric, Ordering, Question, TrueFalse
from app.quizzes.rules import is_counted, is_observed


def quiz_problems(course: Course, quiz: QuizFile) -> Iterator[Problem]:
    """Problems of one quiz in one language, beyond those of GIFT itself."""
    if not quiz.bank.is_accepted:
        return
    file = course.folder.label(quiz.path)
    source = course.quiz(quiz.unit, SOURCE_LOCALE)
    yield from _titles(quiz, file)
    if not any(is_counted(question) or is_observed(question) for question in quiz.bank.questions):
        yield Problem(file, 1, "the quiz has no question that can be graded")
    if source is quiz:
        yield from _origins(quiz, file)
        for unit in course.facts.units:
            if quiz.unit in {unit.bank, unit.id} and unit.bank in {None, quiz.unit}:
                yield from blueprint_problems(quiz, unit, file)
    elif source and source.bank.is_accepted:
        yield from _differences(quiz, source, file)


def _origins(quiz: QuizFile, file: str) -> Iterator[Problem]:
    for question in quiz.bank.questions:
        for name in ("source", "review"):
            if not getattr(question, name) and not isinstance(question, Description):
                yield Problem(file, question.line, f"the question has no {name}", Severity.WARNING)


def _titles(quiz: QuizFile, file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for question in quiz.bank.questions:
        if question.title is None and not isinstance(question, Description):
            yield Problem(file, question.line, "the question has no ::title::")
        elif question.title in seen:
            yield Problem(file, question.line, f"::{question.title}:: is the title of an earlier question")
        if question.title:
            seen.add(question.title)


def _differences(quiz: QuizFile, source: QuizFile, file: str) -> Iterator[Problem]:
    here, there = quiz.bank.questions, source.bank.questions
    if len(here) != len(there):
        line = here[-1].line if here else 1
        yield Problem(file, line, f"{len(here)} questions, but {source.locale} has {len(there)}")
    for question, original in zip(here, there, strict=False):
        difference = _difference(question, original)
        if difference:
            yield Problem(file, question.line, f"unlike {source.path} line {original.line}: {difference}")


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
        case Ordering():
            return len(question.items)
        case _:
            return None
