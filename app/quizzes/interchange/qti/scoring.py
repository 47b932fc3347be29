"""What an item says about right answers, points and feedback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.quizzes.gift.questions import Format, Words
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes
from app.quizzes.interchange.qti.texts import words_of

_GENERAL = "GENERAL"


@dataclass(frozen=True, slots=True)
class Scoring:
    """`points` in the order of the file: key and points. `top` is what counts as all points, None where not said."""

    root: Node
    line: int
    name: str
    cardinality: str
    kind: str
    right: Sequence[str]
    points: Sequence[tuple[str, Decimal, Node]]
    top: Decimal | None
    feedback: Mapping[str, Words]


def scoring_of(root: Node, name: str, written: Format, notes: Notes) -> Scoring:
    """The scoring of one answer of an item."""
    declared = next((each for each in root.children("response-declaration") if each.get("identifier") == name), None)
    declared = declared or Node("response-declaration", root.line)
    correct, mapping = declared.child("correct-response"), declared.child("mapping")
    entries = [] if mapping is None else mapping.children("map-entry")
    points = [
        (entry.get("map-key").strip(), decimal_of(entry.get("mapped-value"), entry, notes), entry) for entry in entries
    ]
    top = mapping.get("upper-bound") if mapping else ""
    if mapping and decimal_of(mapping.get("default-value", "0"), mapping, notes) != 0:
        notes.add(mapping.line, "unsupported_part", "default-value")
    if mapping and any(value < 0 for _, value, _ in points) and not mapping.get("lower-bound"):
        notes.add(mapping.line, "unsupported_part", "points below zero for the whole answer")
    return Scoring(
        root=root,
        line=declared.line,
        name=name,
        cardinality=declared.get("cardinality", "single"),
        kind=declared.get("base-type", "identifier"),
        right=[value.text.strip() for value in correct.elements] if correct else [],
        points=points,
        top=decimal_of(top, mapping or declared, notes) or None if top else None,
        feedback=_feedback(root, written, notes),
    )


def _feedback(root: Node, written: Format, notes: Notes) -> dict[str, Words]:
    """What is said for a value of the outcome, by that value."""
    found: dict[str, Words] = {}
    for node in root.children("modal-feedback"):
        words = words_of(node.child("content-body") or node, written, notes)
        if node.get("outcome-identifier") == _GENERAL or words is None:
            continue
        if node.get("show-hide", "show") != "show" or node.get("identifier") in found:
            notes.add(node.line, "unsupported_part", f"modal-feedback {node.get('identifier')}")
        else:
            found[node.get("identifier")] = words
    return found


def decimal_of(text: str, node: Node, notes: Notes) -> Decimal:
    """A number; 0 with a fault where it is none."""
    try:
        number = Decimal(text.strip()) if len(text) <= 80 else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 99:
        notes.add(node.line, "bad_number", text)
        return Decimal(0)
    return number


def is_exact(scoring: Scoring) -> bool:
    """Whether there are points only for the one right answer, whatever a mapping says: match_correct, or nothing else
    to go by.
    """
    processing = scoring.root.child("response-processing")
    if processing is None:
        return not scoring.points
    if "match_correct" in processing.get("template"):
        return True
    return any(node.name == "match" and node.child("correct") for node in processing.walk())


def report_unused(scoring: Scoring, used: set[str], notes: Notes) -> None:
    """Feedback for values that mean nothing here is said to be left out."""
    for node in scoring.root.children("modal-feedback"):
        name = node.get("identifier")
        if name in scoring.feedback and name not in used:
            notes.add(node.line, "unsupported_part", f"modal-feedback {name}")


def report_rules(scoring: Scoring, notes: Notes) -> None:
    """Points that a rule of the item's own gives, not the right answer or the mapping, are said to be left out."""
    processing = scoring.root.child("response-processing")
    for rule in processing.walk() if processing else ():
        told = [each for each in rule.children("set-outcome-value") if each.get("identifier") == "SCORE"]
        asked = {each.name for part in rule.elements[:1] for each in part.walk()}
        is_own = rule.name in {"response-if", "response-else-if"} and not asked & {"correct", "is-null"}
        if is_own and any(each.child("base-value") for each in told):
            notes.add(rule.line, "unsupported_part", "points by a rule of its own")
