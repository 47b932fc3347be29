"""Writes questions as Moodle XML; `read` gives the same questions back."""

from collections.abc import Iterable, Iterator

from app.quizzes.gift.questions import (
    EXACT,
    Choice,
    Description,
    Essay,
    Format,
    Matching,
    Numeric,
    Ordering,
    Question,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.tagged import WHOLE, without_observing
from app.quizzes.interchange.extras import Extras, as_comment
from app.quizzes.interchange.markup import escape
from app.quizzes.interchange.moodle.formats import NAMES
from app.quizzes.interchange.notes import made_up_title

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "short": "shortanswer",
    "numeric": "numerical",
    "true_false": "truefalse",
    "matching": "matching",
    "ordering": "ordering",
    "essay": "essay",
    "description": "description",
}


def write(questions: Iterable[Question]) -> bytes:
    """One file with its categories. What Moodle has no place for goes into a comment of the question."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = None
    for question in map(without_observing, questions):
        if question.category != category:
            category = question.category
            path = f"$course$/top/{category}" if category else "$course$/top"
            parts.append(f'<question type="category"><category>{_text(path)}</category></question>')
        parts += [f'<question type="{TYPES[question.type]}">', *_question(question), "</question>"]
    return "\n".join([*parts, "</quiz>", ""]).encode()


def _question(question: Question) -> Iterator[str]:
    if comment := as_comment(_extras(question)):
        yield comment
    yield f"<name>{_text(question.title or made_up_title(question.text))}</name>"
    yield _words("questiontext", Words(question.text), question.format)
    if question.general_feedback:
        yield _words("generalfeedback", question.general_feedback, question.format)
    if question.id:
        yield f"<idnumber>{escape(question.id)}</idnumber>"
    yield from _answers(question)
    if question.tags:
        yield f"<tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in question.tags)}</tags>"


def _extras(question: Question) -> Extras:
    numbers = question.numbers if isinstance(question, Numeric) else ()
    return Extras(
        untitled=not question.title,
        gap=question.missing_word or None,
        source=question.source,
        review=question.review,
        alt=question.alt,
        ranges=tuple(at for at, number in enumerate(numbers) if number.value is None),
    )


def _answers(question: Question) -> Iterator[str]:
    usual = question.format
    match question:
        case Choice() | Short():
            yield from _options(question)
        case Numeric():
            yield from _numbers(question)
        case TrueFalse():
            yield from _truth(question)
        case Matching():
            lefts = [*question.pairs, *((Words(""), right) for right in question.distractors)]
            yield "<shuffleanswers>true</shuffleanswers>"
            yield from (_words("subquestion", left, usual, f"<answer>{_text(right)}</answer>") for left, right in lefts)
        case Ordering():
            yield "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>"
            yield f"<gradingtype>{'ALL_OR_NOTHING' if WHOLE in question.tags else 'ABSOLUTE_POSITION'}</gradingtype>"
            yield from (_words("answer", each, usual, fraction=str(n)) for n, each in enumerate(question.items, 1))
        case Essay():
            yield "<responseformat>editor</responseformat>"
        case Description():
            pass


def _options(question: Choice | Short) -> Iterator[str]:
    if question.type == "short":
        yield "<usecase>0</usecase>"
    else:
        yield f"<single>{str(question.type == 'single').lower()}</single>"
        yield "<shuffleanswers>true</shuffleanswers>"
    for option in question.options:
        yield _answer(f"{option.fraction:f}", option.words, option.feedback, question.format)


def _truth(question: TrueFalse) -> Iterator[str]:
    for truth in (True, False):
        is_right = truth == question.correct
        feedback = question.feedback_right if is_right else question.feedback_wrong
        yield _answer("100" if is_right else "0", Words(str(truth).lower()), feedback, question.format)


def _numbers(question: Numeric) -> Iterator[str]:
    for number in question.numbers:
        middle = EXACT.add(number.low, number.tolerance) if number.value is None else number.value
        tolerance = f"<tolerance>{number.tolerance:f}</tolerance>"
        yield _answer(f"{number.fraction:f}", Words(f"{middle:f}"), number.feedback, question.format, tolerance)
    if question.feedback_wrong:
        yield _answer("0", Words("*"), question.feedback_wrong, question.format)


def _answer(fraction: str, words: Words, feedback: Words | None, usual: Format, more: str = "") -> str:
    said = _words("feedback", feedback, usual) if feedback else ""
    return _words("answer", words, usual, said + more, fraction=fraction)


def _words(name: str, words: Words, usual: Format, more: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in {**attributes, "format": NAMES[words.format or usual]}.items())
    return f"<{name}{said}>{_text(words.text)}{more}</{name}>"


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
