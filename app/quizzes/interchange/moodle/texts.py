"""Texts of a Moodle question: an element with a format and an element `text` inside."""

from app.quizzes.gift.questions import Format, Words
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.moodle.formats import BY_NAME
from app.quizzes.interchange.notes import Notes, words_in


def text_of(node: Node | None) -> str:
    """The text of a part, trimmed."""
    inner = node.child("text") if node else None
    return inner.text.strip() if inner else ""


def format_of(node: Node | None, usual: Format, notes: Notes) -> Format:
    """The format of a part; an unknown one is reported."""
    name = node.get("format") if node else ""
    if node and name and name not in BY_NAME:
        notes.add(node.line, "unsupported_part", f"text format {name}")
    return BY_NAME.get(name, usual)


def words_of(node: Node | None, usual: Format, notes: Notes) -> Words | None:
    """The words of a part, None where it has none."""
    return words_in(text_of(node), format_of(node, usual, notes), usual) if node else None
