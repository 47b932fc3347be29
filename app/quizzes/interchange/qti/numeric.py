"""Numbers that are typed: exact ones, with a tolerance, or between two bounds."""

from collections.abc import Iterator
from decimal import Decimal

from app.quizzes.gift.questions import EXACT, Number, Numeric
from app.quizzes.gift.reader import Common
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes
from app.quizzes.interchange.qti.scoring import Scoring, decimal_of, report_unused

_ZERO = Decimal(0)
_LOW, _HIGH = {"gte", "gt"}, {"lte", "lt"}
_RULES = {"response-if", "response-else-if"}


def numeric(scoring: Scoring, common: Common, notes: Notes) -> Numeric:
    """Every rule about the answer, and where there is none the values that are right."""
    numbers = list(_from_rules(scoring, notes)) or list(_from_values(scoring, notes))
    if not numbers or not any(number.fraction == 100 for number in numbers):
        notes.add(scoring.line, "no_right_answer")
    report_unused(scoring, {"WRONG", *(f"ANSWER_{n}" for n in range(1, len(numbers) + 1))}, notes)
    return Numeric(numbers=tuple(numbers), feedback_wrong=scoring.feedback.get("WRONG"), **common)


def _from_values(scoring: Scoring, notes: Notes) -> Iterator[Number]:
    points = scoring.points or [(text, Decimal(1), scoring.root) for text in scoring.right]
    top = scoring.top or max((each for _, each, _ in points), default=_ZERO) or Decimal(1)
    for text, each, node in points:
        value = decimal_of(text, node, notes)
        yield Number(value, value, notes.weight(each * 100 / top, node.line), value)


def _from_rules(scoring: Scoring, notes: Notes) -> Iterator[Number]:
    processing = scoring.root.child("response-processing") or Node("", scoring.line)
    found = [
        (bounds, _points(rule, notes), rule)
        for rule in processing.walk()
        if rule.name in _RULES and (bounds := _bounds(rule, scoring, notes))
    ]
    top = max((points for _, points, _ in found), default=_ZERO)
    top = Decimal(1) if top <= 1 else top
    for place, ((low, high, value), points, rule) in enumerate(found, 1):
        weight = notes.weight(points * 100 / top, rule.line)
        yield Number(low, high, weight, value, scoring.feedback.get(f"ANSWER_{place}"))


def _points(rule: Node, notes: Notes) -> Decimal:
    for each in rule.children("set-outcome-value"):
        value = each.child("base-value")
        if each.get("identifier") == "SCORE" and value:
            return decimal_of(value.text, value, notes)
    return Decimal(1)


def _bounds(rule: Node, scoring: Scoring, notes: Notes) -> tuple[Decimal, Decimal, Decimal | None] | None:
    """The first comparison of the answer in the condition: lowest, highest, and the value where it is one."""
    low = high = None
    for node in (below for part in rule.elements[:1] for below in part.walk()):
        if not any(each.name == "variable" and each.get("identifier") == scoring.name for each in node.elements):
            continue
        if node.name == "equal":
            return _equal(node, scoring, notes)
        value = node.child("base-value")
        if value and node.name in _LOW | _HIGH:
            if node.name in {"gt", "lt"}:
                notes.add(node.line, "unsupported_part", f"{node.name}; the bound itself counts as right")
            bound = decimal_of(value.text, value, notes)
            is_low = (node.name in _LOW) == (node.elements[0].name == "variable")
            low, high = (bound, high) if is_low else (low, bound)
    if low is None and high is None:
        return None
    if low is None or high is None:
        notes.add(rule.line, "bad_number", "only one bound")
        return None
    if low > high:
        notes.add(rule.line, "range_reversed")
    return low, high, None


def _equal(node: Node, scoring: Scoring, notes: Notes) -> tuple[Decimal, Decimal, Decimal | None]:
    other = next((each for each in node.elements if each.name in {"base-value", "correct"}), node)
    text = other.text if other.name == "base-value" else (scoring.right or [""])[0]
    value = decimal_of(text, other, notes)
    widths = [decimal_of(part, node, notes) for part in node.get("tolerance").split()[:2]] or [_ZERO]
    if any(width < 0 for width in widths):
        notes.add(node.line, "bad_number", node.get("tolerance"))
    if node.get("tolerance-mode", "exact") == "exact":
        widths = [_ZERO]
    if node.get("tolerance-mode") == "relative":
        widths = [EXACT.divide(EXACT.multiply(abs(value), width), Decimal(100)) for width in widths]
    if "false" in {node.get("include-lower-bound"), node.get("include-upper-bound")}:
        notes.add(node.line, "unsupported_part", "a bound that does not count as right")
    below, above = widths[0], widths[-1]
    return EXACT.subtract(value, below), EXACT.add(value, above), value if below == above else None
