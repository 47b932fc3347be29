"""One item as a question."""

from collections.abc import Callable

from app.quizzes.gift.questions import GAP, Description, Format, Question, Words
from app.quizzes.gift.reader import Common
from app.quizzes.gift.tagged import as_tagged
from app.quizzes.interchange.extras import Extras, from_comments, from_text
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes, made_up_title
from app.quizzes.interchange.qti import kinds, pairs
from app.quizzes.interchange.qti.identifiers import id_of
from app.quizzes.interchange.qti.scoring import Scoring, report_unused, scoring_of
from app.quizzes.interchange.qti.stem import stem_of
from app.quizzes.interchange.qti.texts import words_of

Kind = Callable[[Node, Scoring, Common, Extras, Notes], Question | None]
_KINDS: dict[str, Kind] = {
    "choice-interaction": kinds.choice,
    "order-interaction": kinds.ordering,
    "match-interaction": pairs.match,
    "associate-interaction": pairs.associate,
    "text-entry-interaction": kinds.text_entry,
    "extended-text-interaction": kinds.essay,
}
_KNOWN = {"response-declaration", "outcome-declaration", "item-body", "response-processing", "modal-feedback"}
_ELSEWHERE = "-interaction"


def read_item(root: Node, notes: Notes) -> Question | None:
    """The question of an item, None when an error keeps it from being read."""
    own = Notes(notes.where)
    question = _read(root, own)
    notes.faults += own.faults
    return None if own.has_errors() else question


def _read(root: Node, notes: Notes) -> Question | None:
    _report_parts(root, notes)
    body = root.child("item-body") or Node("item-body", root.line)
    found = [node for node in body.walk() if node.name.endswith(_ELSEWHERE)]
    if len(found) > 1:
        notes.add(found[1].line, "unsupported_type", "several answers in one item")
        return None
    if found and found[0].name not in _KINDS:
        notes.add(found[0].line, "unsupported_type", found[0].name)
        return None
    extras = from_text(body.get("data-seamwise")) if body.get("data-seamwise") else from_comments(root.comments)
    extras = notes.extras(extras, root.line)
    common = _common(root, body, found[0] if found else None, extras, notes)
    scoring = scoring_of(root, found[0].get("response-identifier") if found else "", common["format"], notes)
    if not found:
        report_unused(scoring, set(), notes)
        return Description(**common)
    question = _KINDS[found[0].name](found[0], scoring, common, extras, notes)
    return as_tagged(question, notes.faults) if question else None


def _common(root: Node, body: Node, interaction: Node | None, extras: Extras, notes: Notes) -> Common:
    text, written, has_gap = stem_of(body, interaction, notes)
    if not text:
        notes.add(root.line, "empty_question")
    title = root.get("title").strip() or None
    if extras.untitled and title == made_up_title(text):
        title = None
    return Common(
        text=text,
        line=root.line,
        title=title,
        category=extras.category,
        format=written,
        general_feedback=_general(root, written, notes),
        missing_word=GAP in text if extras.gap else has_gap,
        id=extras.id or id_of(root.get("identifier")),
        tags=extras.tags,
        source=extras.source,
        review=extras.review,
        alt=extras.alt,
    )


def _general(root: Node, written: Format, notes: Notes) -> Words | None:
    """What is said whatever was answered: our own outcome for it."""
    for node in root.children("modal-feedback"):
        if node.get("outcome-identifier") == "GENERAL":
            return words_of(node.child("content-body") or node, written, notes)
    return None


def _report_parts(root: Node, notes: Notes) -> None:
    for part in root.elements:
        if part.name not in _KNOWN:
            notes.add(part.line, "unsupported_part", part.name)
    if root.get("adaptive") == "true":
        notes.add(root.line, "unsupported_part", "adaptive")
