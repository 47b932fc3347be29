"""Items whose answer is made of pairs."""

from app.quizzes.gift.questions import Matching
from app.quizzes.gift.reader import Common
from app.quizzes.gift.tagged import with_whole
from app.quizzes.interchange.extras import Extras
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes
from app.quizzes.interchange.qti.scoring import Scoring, is_exact, report_rules, report_unused
from app.quizzes.interchange.qti.texts import own_format, own_text, words_of

_CHOICE = "simple-associable-choice"


def match(node: Node, scoring: Scoring, common: Common, _: Extras, notes: Notes) -> Matching:
    """Left sides are the first set, right sides the second."""
    sets = [
        {each.get("identifier"): each for each in one.children(_CHOICE)} for one in node.children("simple-match-set")
    ]
    lefts, rights = [*sets, {}, {}][:2]
    return _matching(lefts, rights, scoring, common, notes)


def associate(node: Node, scoring: Scoring, common: Common, _: Extras, notes: Notes) -> Matching:
    """Of each pair the first is the left side."""
    choices = {each.get("identifier"): each for each in node.children(_CHOICE)}
    firsts = {pair[0] for pair in _pairs(scoring)}
    lefts = {name: each for name, each in choices.items() if name in firsts}
    return _matching(lefts, {name: choices[name] for name in choices if name not in firsts}, scoring, common, notes)


def _pairs(scoring: Scoring) -> list[tuple[str, str]]:
    written = scoring.right or [key for key, points, _ in scoring.points if points > 0]
    return [(first, second.strip()) for first, _, second in (pair.strip().partition(" ") for pair in written)]


def _matching(
    lefts: dict[str, Node], rights: dict[str, Node], scoring: Scoring, common: Common, notes: Notes
) -> Matching:
    by_left: dict[str, str] = {}
    for left, right in _pairs(scoring):
        if left not in lefts or right not in rights:
            notes.add(scoring.line, "unknown_choice", f"{left} {right}")
        elif left in by_left:
            notes.add(lefts[left].line, "right_side_unclear", left)
        else:
            by_left[left] = right
    if len({points for _, points, _ in scoring.points}) > 1:
        notes.add(scoring.line, "unsupported_part", "different points for the pairs")
    pairs = []
    for name, node in lefts.items():
        words = words_of(node, common["format"], notes)
        if words is None:
            notes.add(node.line, "empty_answer")
        elif name not in by_left:
            notes.add(node.line, "right_side_unclear", name)
        else:
            pairs.append((words, _right(rights[by_left[name]], notes)))
    if len(pairs) < 2:
        notes.add(scoring.line, "matching_too_few")
    used = {*by_left.values()}
    rest = tuple(_right(node, notes) for name, node in rights.items() if name not in used)
    report_unused(scoring, set(), notes)
    report_rules(scoring, notes)
    graded = with_whole(common) if is_exact(scoring) else common
    return Matching(pairs=tuple(pairs), distractors=rest, **graded)


def _right(node: Node, notes: Notes) -> str:
    """A right side is a plain text."""
    inside = node.elements
    own = own_format(inside[0]) if len(inside) == 1 else None
    text = own_text(inside[0], own) if own else " ".join(node.text.split())
    if not text:
        notes.add(node.line, "empty_answer")
    if not own and any(each.name == "img" for each in node.walk()):
        notes.add(node.line, "unsupported_part", "picture")
    return text
