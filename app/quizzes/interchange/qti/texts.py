"""Texts of an item. Ours stand in an element of class `format-…`; those of others are read as HTML or as plain text."""

from app.quizzes.gift.questions import Format, Words
from app.quizzes.interchange.extras import commentable, text_in_comment
from app.quizzes.interchange.markup import Node, escape
from app.quizzes.interchange.notes import Notes, words_in
from app.quizzes.interchange.qti.xhtml import inner, tidy

_CLASS = "format-"
_AROUND = {"p", "div", "content-body"}
_SOURCE = "seamwise-source:"
_QTI_ONLY = {"rubric-block", "feedback-block", "feedback-inline", "printed-variable"}
_OUTSIDE = {"img", "object", "audio", "video", "source", "iframe", "portable-custom-interaction", "include"}


def block(text: str, written: Format) -> str:
    """A text as markup; the source of HTML that is not well-formed is kept in a comment inside."""
    if written is not Format.HTML:
        return f'<div class="{_CLASS}{written}">{escape(text).replace(chr(10), "<br/>")}</div>'
    clean = tidy(text)
    source = f"<!-- {_SOURCE} {commentable(text)} -->" if clean != text else ""
    return f'<div class="{_CLASS}{written}">{source}{clean}</div>'


def own_format(node: Node) -> Format | None:
    """The format of a text that `block` wrote."""
    names = [each.removeprefix(_CLASS) for each in node.get("class").split() if each.startswith(_CLASS)]
    return Format(names[0]) if names and names[0] in set(Format) else None


def own_text(node: Node, written: Format) -> str:
    """The text that `block` was given, unless the markup was changed since."""
    if written is not Format.HTML:
        return _lines(node).strip()
    markup = inner(node)
    sources = [each.strip().removeprefix(_SOURCE) for each in node.comments if each.strip().startswith(_SOURCE)]
    source = text_in_comment(sources[0]) if sources else None
    return source if source and tidy(source) == markup else markup.strip()


def _lines(node: Node) -> str:
    parts = ["\n" if isinstance(each, Node) and each.name == "br" else _plain(each) for each in node.inside]
    return "".join(parts)


def _plain(each: "Node | str") -> str:
    return each if isinstance(each, str) else _lines(each)


def words_of(node: Node, usual: Format | None, notes: Notes) -> Words | None:
    """The words inside an element (a choice, a feedback). Without a `usual` format it is always said."""
    inside = [each for each in node.inside if not (isinstance(each, str) and not each.strip())]
    if len(inside) == 1 and isinstance(inside[0], Node) and (own := own_format(inside[0])):
        return _words(own_text(inside[0], own), own, usual)
    report_outside(node, notes)
    text, written = foreign(node)
    if usual is Format.HTML and written is Format.PLAIN:
        text, written = escape(text), usual
    return _words(text, written, usual)


def _words(text: str, written: Format, usual: Format | None) -> Words | None:
    return words_in(text, written, usual) if usual else Words(text, written) if text else None


def foreign(node: Node) -> tuple[str, Format]:
    """The text of another program: plain where it has no markup but one paragraph around it."""
    while alone := _alone(node):
        node = alone
    if node.elements:
        return inner(node).strip(), Format.HTML
    return " ".join(node.text.split()), Format.PLAIN


def _alone(node: Node) -> Node | None:
    """The paragraph that is all there is in an element."""
    elements = node.elements
    is_alone = len(elements) == 1 and not any(isinstance(each, str) and each.strip() for each in node.inside)
    return elements[0] if is_alone and elements[0].name in _AROUND else None


def report_outside(node: Node, notes: Notes) -> None:
    """Pictures, sounds and programs are not taken over; what stays of them is their mark in the text."""
    for each in node.walk():
        if each.name in _OUTSIDE:
            notes.add(each.line, "unsupported_part", f"{each.name} {each.get('src') or each.get('data')}".strip())
        elif each is not node and each.name in _QTI_ONLY:
            notes.add(each.line, "unsupported_part", each.name)
