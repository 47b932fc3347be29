"""Writes questions as GIFT; `parse` gives the same questions back."""

from collections.abc import Iterable, Iterator

from app.quizzes.gift.escapes import escape, escape_title
from app.quizzes.gift.questions import (
    GAP,
    Choice,
    Description,
    Format,
    Matching,
    Number,
    Numeric,
    Option,
    Question,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.tagged import plain_form

# A text that begins like this would be read as a format, a comment or a category.
_NEEDS_FORMAT = ("[", "//", "$CATEGORY:")


def to_gift(questions: Iterable[Question]) -> str:
    """One bank with its categories, ids, tags, sources and review dates; a blank line between questions."""
    parts = []
    category = None
    for question in map(plain_form, questions):
        if question.category != category:
            category = question.category
            root = "$course$/top/" if category and category.startswith("$") else ""
            parts.append(f"$CATEGORY: {root}{category or ''}".rstrip())
        parts.append("\n".join([*_notes(question), _question(question)]))
    return "\n\n".join(parts) + "\n"


def _notes(question: Question) -> Iterator[str]:
    facts = {"source": question.source, "review": question.review}
    if any(facts.values()):
        yield "// " + " ".join(f"{name}: {fact}" for name, fact in facts.items() if fact)
    marks = [f"[id:{_bracket(question.id)}]"] if question.id else []
    marks += [f"[tag:{_bracket(tag)}]" for tag in question.tags]
    marks += [f"[alt:{_bracket(question.alt)}]"] if question.alt else []
    if marks:
        yield "// " + " ".join(marks)


def _bracket(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _question(question: Question) -> str:
    title = f"::{escape_title(question.title)}::" if question.title else ""
    if isinstance(question, Description):
        return title + _formatted(question.text, question.format, Format.MOODLE)
    before, gap, after = question.text.partition(GAP) if question.missing_word else (question.text, "", "")
    answers = _answers(question) + _general_feedback(question)
    head = _formatted(before, question.format, Format.MOODLE)
    space = "" if gap or not head else " "
    return f"{title}{head}{space}{{{answers}}}{escape(after)}"


def _answers(question: Question) -> str:
    match question:
        case Choice() | Short():
            mark = "~" if question.type == "multiple" else "="
            rows = [_option(option, mark, question) for option in question.options]
        case Numeric():
            rows = ["#", *(_number(number, question) for number in question.numbers)]
            rows += [f"~{_feedback(question.feedback_wrong, question)}"] if question.feedback_wrong else []
        case TrueFalse():
            return _true_false(question)
        case Matching():
            rows = [f"={_left(left, question)} -> {escape(right)}" for left, right in question.pairs]
            rows += [f"= -> {escape(right)}" for right in question.distractors]
        case _:
            return ""
    return "\n" + "\n".join(rows) + "\n"


def _true_false(question: TrueFalse) -> str:
    wrong, right = _feedback(question.feedback_wrong, question), _feedback(question.feedback_right, question)
    return ("T" if question.correct else "F") + ((wrong or "#") + right if wrong or right else "")


def _option(option: Option, mark: str, question: Question) -> str:
    if question.type == "single" and option.fraction != 100:
        mark = "~"
    usual = 100 if mark == "=" else 0
    text = _formatted(option.words.text, option.words.format or question.format, question.format)
    # A weight also keeps an arrow from being read as a pair, and a percent sign from being read as a weight.
    needed = option.fraction != usual or text.startswith("%") or (question.type == "short" and "->" in text)
    weight = f"%{option.fraction:f}%" if needed else ""
    return mark + weight + text + _feedback(option.feedback, question)


def _left(words: Words, question: Question) -> str:
    """A left side that begins with a percent sign gets a format, or it would be read as a weight."""
    text = _formatted(words.text, words.format or question.format, question.format)
    return f"[{question.format}]{text}" if text.startswith("%") else text


def _number(number: Number, question: Question) -> str:
    weight = "" if number.fraction == 100 else f"%{number.fraction:f}%"
    written = f"{number.low:f}..{number.high:f}"
    if number.value is not None:
        written = f"{number.value:f}:{number.tolerance:f}"
    return f"={weight}{written}{_feedback(number.feedback, question)}"


def _feedback(words: Words | None, question: Question) -> str:
    return f"#{_formatted(words.text, words.format or question.format, question.format)}" if words else ""


def _general_feedback(question: Question) -> str:
    words = question.general_feedback
    return f"####{_formatted(words.text, words.format or question.format, question.format)}" if words else ""


def _formatted(text: str, text_format: Format, usual: Format) -> str:
    needed = text_format is not usual or text.startswith(_NEEDS_FORMAT)
    return (f"[{text_format}]" if needed else "") + escape(text)
