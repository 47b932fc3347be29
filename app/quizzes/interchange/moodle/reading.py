"""Reads a Moodle XML file: categories, questions, and everything that is wrong."""

from collections.abc import Callable

from app.quizzes.gift.bank import bank_of
from app.quizzes.gift.blocks import category_from
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import GAP, Description, Essay, Format, Question
from app.quizzes.gift.reader import Common
from app.quizzes.gift.tagged import as_tagged
from app.quizzes.interchange.extras import Extras, from_comments
from app.quizzes.interchange.markup import Node, Unreadable, parse_xml
from app.quizzes.interchange.moodle import answers
from app.quizzes.interchange.moodle.parts import report_parts
from app.quizzes.interchange.moodle.texts import format_of, text_of, words_of
from app.quizzes.interchange.notes import Notes, is_too_large, made_up_title, refused

_KINDS: dict[str, Callable[[Node, Common, Extras, Notes], Question]] = {
    "multichoice": answers.choice,
    "truefalse": answers.true_false,
    "shortanswer": answers.short,
    "numerical": answers.numeric,
    "matching": answers.matching,
    "ordering": answers.ordering,
    "essay": lambda _, common, *__: Essay(**common),
    "description": lambda _, common, *__: Description(**common),
}


def read(data: bytes) -> Bank:
    """All questions and everything that is wrong, each with its line."""
    if is_too_large(data):
        return refused(Fault(1, "file_too_large"))
    try:
        root = parse_xml(data)
    except Unreadable as error:
        return refused(error.fault)
    if root.name != "quiz":
        return refused(Fault(root.line, "wrong_root", root.name))
    notes, questions, category = Notes(), [], None
    for node in root.elements:
        if node.name != "question":
            notes.add(node.line, "unsupported_part", node.name)
        elif node.get("type") == "category":
            category = _category(node, notes)
        elif question := _question(node, category, notes):
            questions.append(question)
    return bank_of(questions, notes.faults)


def _category(node: Node, notes: Notes) -> str | None:
    for part in node.elements:
        if part.name != "category" and part.text.strip():
            notes.add(part.line, "unsupported_part", f"{part.name} of a category")
    path = node.child("category")
    return category_from(" ".join(path.text.split("\n"))) if path else None


def _question(node: Node, category: str | None, notes: Notes) -> Question | None:
    kind = node.get("type")
    if kind not in _KINDS:
        notes.add(node.line, "unsupported_type", kind)
        return None
    own = Notes()
    extras = own.extras(from_comments(node.comments), node.line)
    report_parts(node, own)
    question = as_tagged(_KINDS[kind](node, _common(node, category, extras, own), extras, own), own.faults)
    notes.faults += own.faults
    return None if own.has_errors() else question


def _common(node: Node, category: str | None, extras: Extras, notes: Notes) -> Common:
    asked = node.child("questiontext")
    written = format_of(asked, Format.HTML, notes)
    text = text_of(asked)
    if not text:
        notes.add(node.line, "empty_question")
    title = text_of(node.child("name")) or None
    if extras.untitled and title == made_up_title(text):
        title = None
    number = node.child("idnumber")
    tags = node.child("tags")
    return Common(
        text=text,
        line=node.line,
        title=title,
        category=category,
        format=written,
        general_feedback=words_of(node.child("generalfeedback"), written, notes),
        missing_word=bool(extras.gap) and GAP in text,
        id=number.text.strip() or None if number else None,
        tags=tuple(tag for each in tags.elements if (tag := each.text.strip())) if tags else (),
        source=extras.source,
        review=extras.review,
        alt=extras.alt,
    )
