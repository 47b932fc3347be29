"""Items with choices, an order, or something typed."""

from decimal import Decimal

from app.quizzes.gift.questions import Choice, Essay, Format, Option, Ordering, Question, Short, TrueFalse, Words
from app.quizzes.gift.reader import Common
from app.quizzes.gift.tagged import with_whole
from app.quizzes.interchange.extras import Extras
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes, check_weights
from app.quizzes.interchange.qti.numeric import numeric
from app.quizzes.interchange.qti.scoring import Scoring, is_exact, report_rules, report_unused
from app.quizzes.interchange.qti.texts import words_of

_TRUTH = {"true", "false"}


def choice(node: Node, scoring: Scoring, common: Common, _: Extras, notes: Notes) -> Question:
    """One or several options; `true` and `false` alone are a question of their own kind."""
    choices = node.children("simple-choice")
    if node.get("shuffle") == "false" and not _is_truth(choices):
        notes.add(node.line, "unsupported_part", "shuffle=false")
    names = [each.get("identifier") for each in choices]
    _check_names(scoring, {*names}, notes)
    if _is_truth(choices):
        return _true_false(scoring, common, notes)
    single = scoring.cardinality == "single"
    if is_exact(scoring) and not single:
        common = with_whole(common)
    weights = _weights(scoring, {*names}, notes, single=single)
    options = []
    for each, name in zip(choices, names, strict=True):
        own = each.child("feedback-inline")
        feedback = words_of(own, common["format"], notes) if own else scoring.feedback.get(name)
        words = words_of(_without_feedback(each), common["format"], notes)
        if words is None:
            notes.add(each.line, "empty_answer")
        else:
            options.append(Option(words, weights.get(name, Decimal(0)), feedback))
    report_unused(scoring, set(names), notes)
    report_rules(scoring, notes)
    check_weights([option.fraction for option in options], scoring.line, notes, adds_up=not single)
    return Choice(type="single" if single else "multiple", options=tuple(options), **common)


def _without_feedback(node: Node) -> Node:
    inside = [each for each in node.inside if isinstance(each, str) or each.name != "feedback-inline"]
    return Node(node.name, node.line, node.attributes, inside)


def _is_truth(choices: list[Node]) -> bool:
    names = [each.get("identifier").lower() for each in choices]
    texts = [_without_feedback(each).text.strip().lower() for each in choices]
    return len(names) == 2 and {*names} == _TRUTH and names == texts


def _true_false(scoring: Scoring, common: Common, notes: Notes) -> TrueFalse:
    best = [name for name, points, _ in scoring.points if points > 0] or scoring.right
    if len(best) != 1:
        notes.add(scoring.line, "no_right_answer")
    report_unused(scoring, {"RIGHT", "WRONG"}, notes)
    right, wrong = scoring.feedback.get("RIGHT"), scoring.feedback.get("WRONG")
    correct = bool(best) and best[0].lower() == "true"
    return TrueFalse(correct=correct, feedback_wrong=wrong, feedback_right=right, **common)


def _check_names(scoring: Scoring, names: set[str], notes: Notes) -> None:
    for name in dict.fromkeys([*scoring.right, *(key for key, _, __ in scoring.points)]):
        if name not in names:
            notes.add(scoring.line, "unknown_choice", name)


def _weights(scoring: Scoring, names: set[str], notes: Notes, *, single: bool) -> dict[str, Decimal]:
    """Percent by name. Points are measured by the upper bound, else by the best (single) or all good ones together."""
    points = {key: value for key, value, _ in scoring.points}
    if not points or (is_exact(scoring) and {key for key, value in points.items() if value > 0} != {*scoring.right}):
        points = dict.fromkeys(scoring.right, Decimal(1))
    good = [value for value in points.values() if value > 0]
    top = scoring.top or (max(good, default=Decimal(1)) if single else sum(good, Decimal(0)) or Decimal(1))
    lines = {key: entry.line for key, _, entry in scoring.points}
    return {
        name: notes.weight(value * 100 / top, lines.get(name, scoring.line))
        for name, value in points.items()
        if name in names
    }


def ordering(node: Node, scoring: Scoring, common: Common, _: Extras, notes: Notes) -> Ordering:
    """Items in the order that is right."""
    items: dict[str, Words] = {}
    for each in node.children("simple-choice"):
        words = words_of(each, common["format"], notes)
        if words is None:
            notes.add(each.line, "empty_answer")
        else:
            items[each.get("identifier")] = words
    _check_names(scoring, {*items}, notes)
    if {*scoring.right} != items.keys():
        notes.add(scoring.line, "no_right_answer")
    if len(items) < 2:
        notes.add(node.line, "ordering_too_few")
    report_rules(scoring, notes)
    report_unused(scoring, set(), notes)
    graded = with_whole(common) if is_exact(scoring) else common
    return Ordering(items=tuple(items[name] for name in scoring.right if name in items), **graded)


def essay(_: Node, scoring: Scoring, common: Common, __: Extras, notes: Notes) -> Essay:
    """A text that a person reads; a right answer that stands beside it has no place."""
    if scoring.right or scoring.points:
        notes.add(scoring.line, "unsupported_part", "right answer of a long text")
    report_unused(scoring, set(), notes)
    return Essay(**common)


def text_entry(_: Node, scoring: Scoring, common: Common, extras: Extras, notes: Notes) -> Question:
    """A number or a word, as the answer is declared."""
    if scoring.kind in {"float", "integer"}:
        return numeric(scoring, common, notes)
    accepted = scoring.points or [(text, Decimal(1), scoring.root) for text in scoring.right]
    top = scoring.top or max((points for _, points, _ in accepted), default=Decimal(1)) or Decimal(1)
    options = []
    for number, (text, points, entry) in enumerate(accepted):
        if not text:
            notes.add(entry.line, "empty_answer")
            continue
        if entry.get("case-sensitive") == "true":
            notes.add(entry.line, "unsupported_part", "case-sensitive")
        own = (extras.formats or {}).get(str(number))
        words = Words(text, Format(own) if own and own != common["format"] else None)
        feedback = scoring.feedback.get(f"ANSWER_{number + 1}")
        options.append(Option(words, notes.weight(points * 100 / top, entry.line), feedback))
    report_unused(scoring, {f"ANSWER_{n}" for n in range(1, len(accepted) + 1)}, notes)
    check_weights([option.fraction for option in options], scoring.line, notes)
    return Short(options=tuple(options), **common)
