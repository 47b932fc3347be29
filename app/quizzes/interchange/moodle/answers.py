"""What the kinds of Moodle questions hold."""

import re
from decimal import Decimal

from app.quizzes.gift.numbers import MOST_DIGITS, bounds
from app.quizzes.gift.questions import (
    Choice,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.reader import Common
from app.quizzes.gift.tagged import with_whole
from app.quizzes.interchange.extras import Extras
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.moodle.texts import text_of, words_of
from app.quizzes.interchange.notes import Notes, check_weights

_PLACE = re.compile(r"\d{1,6}(\.0{0,20})?")
_YES = {"true", "1"}
_ALL_OR_NOTHING, _BY_PLACE = {"ALL_OR_NOTHING", "-1"}, {"", "ABSOLUTE_POSITION", "0"}


def choice(node: Node, common: Common, _: Extras, notes: Notes) -> Choice:
    """Several right ones only where `single` says so."""
    options = _options(node, common, notes)
    single = node.child("single")
    is_single = single is None or single.text.strip() in _YES
    check_weights([option.fraction for option in options], node.line, notes, adds_up=not is_single)
    return Choice(type="single" if is_single else "multiple", options=options, **common)


def short(node: Node, common: Common, _: Extras, notes: Notes) -> Short:
    """All accepted texts."""
    options = _options(node, common, notes)
    check_weights([option.fraction for option in options], node.line, notes)
    return Short(options=options, **common)


def _options(node: Node, common: Common, notes: Notes) -> tuple[Option, ...]:
    found = []
    for answer in node.children("answer"):
        words = words_of(answer, common["format"], notes)
        if words is None:
            notes.add(answer.line, "empty_answer")
            continue
        weight = notes.weight(answer.get("fraction", "0"), answer.line)
        found.append(Option(words, weight, words_of(answer.child("feedback"), common["format"], notes)))
    return tuple(found)


def numeric(node: Node, common: Common, extras: Extras, notes: Notes) -> Numeric:
    """Numbers with tolerance (a range has one digit more in its middle); `*` holds what is said to any other number."""
    numbers: list[Number] = []
    wrong = None
    for answer in node.children("answer"):
        weight = notes.weight(answer.get("fraction", "0"), answer.line)
        feedback = words_of(answer.child("feedback"), common["format"], notes)
        if text_of(answer) == "*":
            wrong = wrong or feedback
            if weight:
                notes.add(answer.line, "unsupported_part", f"{weight:f} % for any other number")
        elif number := _number(answer, weight, feedback, notes):
            numbers.append(_as_range(number) if len(numbers) in extras.ranges else number)
    check_weights([number.fraction for number in numbers], node.line, notes)
    return Numeric(numbers=tuple(numbers), feedback_wrong=wrong, **common)


def _number(answer: Node, weight: Decimal, feedback: Words | None, notes: Notes) -> Number | None:
    tolerance = answer.child("tolerance")
    width = tolerance.text.strip() if tolerance else ""
    code, low, high, value = bounds(f"{text_of(answer)}:{width or '0'}", MOST_DIGITS + 1)
    if code:
        notes.add(answer.line, code, f"{text_of(answer)}:{width}")
        return None
    return Number(low, high, weight, value, feedback)


def _as_range(number: Number) -> Number:
    return Number(number.low, number.high, number.fraction, None, number.feedback)


def true_false(node: Node, common: Common, _: Extras, notes: Notes) -> TrueFalse:
    """Which of the two answers has full points."""
    by_truth: dict[bool, Words | None] = {}
    correct = None
    for answer in node.children("answer"):
        said = text_of(answer).lower()
        if said not in {"true", "false"}:
            notes.add(answer.line, "unsupported_part", f"answer {said}")
            continue
        by_truth[said == "true"] = words_of(answer.child("feedback"), common["format"], notes)
        if notes.weight(answer.get("fraction", "0"), answer.line) == 100:
            correct = said == "true"
    if correct is None:
        notes.add(node.line, "no_right_answer")
    return TrueFalse(
        correct=bool(correct),
        feedback_wrong=by_truth.get(not correct),
        feedback_right=by_truth.get(bool(correct)),
        **common,
    )


def matching(node: Node, common: Common, _: Extras, notes: Notes) -> Matching:
    """A right side without a left one belongs to none."""
    pairs, distractors = [], []
    for part in node.children("subquestion"):
        left, right = words_of(part, common["format"], notes), text_of(part.child("answer"))
        if not right:
            notes.add(part.line, "empty_answer")
        elif left:
            pairs.append((left, right))
        else:
            distractors.append(right)
    if len(pairs) < 2:
        notes.add(node.line, "matching_too_few")
    return Matching(pairs=tuple(pairs), distractors=tuple(distractors), **common)


def ordering(node: Node, common: Common, _: Extras, notes: Notes) -> Ordering:
    """The fraction of an answer is its place."""
    placed = []
    for answer in node.children("answer"):
        words, place = words_of(answer, common["format"], notes), answer.get("fraction")
        if words is None:
            notes.add(answer.line, "empty_answer")
        elif not _PLACE.fullmatch(place):
            notes.add(answer.line, "bad_number", place)
        else:
            placed.append((float(place), words))
    if len(placed) < 2:
        notes.add(node.line, "ordering_too_few")
    items = tuple(words for _, words in sorted(placed, key=lambda each: each[0]))
    return Ordering(items=items, **_graded(node, common, notes))


def _graded(node: Node, common: Common, notes: Notes) -> Common:
    """How an order is graded: by the places, as it usually is, or not at all when anything is wrong."""
    kind = node.child("gradingtype")
    said = kind.text.strip() if kind else ""
    if said in _ALL_OR_NOTHING:
        return with_whole(common)
    if said not in _BY_PLACE:
        notes.add(kind.line if kind else node.line, "unsupported_part", f"gradingtype {said}")
    return common
