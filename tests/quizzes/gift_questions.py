"""Any GIFT question, for property tests."""

from decimal import Decimal

from hypothesis import strategies as st

from app.quizzes.gift import (
    Choice,
    Description,
    Essay,
    Format,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    TrueFalse,
    Words,
)

_PIECES = [
    "a",
    "é",
    "ស្រី",
    "ক্ষ",
    "شدّة",
    "1",
    " ",
    "\n",
    *"~=#{}:\\%[]*",
    "//",
    "::",
    "->x",
    "[html]",
    "%50%",
    "$CATEGORY:",
]
_PIECES += ["$CATEGORY:", "####", "T"]
_TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map(lambda parts: "".join(parts).strip())
TEXTS = _TEXTS.filter(bool)
_NAMES = st.text("abcé-123 ]\\[", min_size=1, max_size=8).map(str.strip).filter(bool)
_TITLES = st.none() | TEXTS
_LINE = st.text("abc é:;", min_size=1, max_size=8).map(str.strip).filter(bool)
_NUMBERS = st.decimals(-1000, 1000, places=3)


@st.composite
def _common(draw: st.DrawFn) -> dict[str, object]:
    question_format = draw(st.sampled_from(Format))
    return {
        "text": draw(TEXTS.filter(lambda text: "_" not in text)),
        "title": draw(_TITLES),
        "category": draw(st.none() | _LINE),
        "format": question_format,
        "id": draw(st.none() | _NAMES),
        "tags": tuple(draw(st.lists(_NAMES, max_size=2))),
        "source": draw(st.none() | _LINE),
        "review": draw(st.sampled_from([None, "2026-11-20"])),
        "alt": draw(st.none() | _NAMES),
    }


def _words(question_format: object) -> st.SearchStrategy[Words]:
    others = [None, *(each for each in Format if each is not question_format)]
    return st.builds(Words, TEXTS, st.sampled_from(others))


@st.composite
def _options(draw: st.DrawFn, question_format: object, weights: list[str]) -> tuple[Option, ...]:
    rest = draw(st.lists(st.sampled_from([*weights, "100", "50", "0", "-33.33333"]), max_size=3))
    words = _words(question_format)
    return tuple(Option(draw(words), Decimal(w), draw(st.none() | words)) for w in [*weights, *rest])


@st.composite
def _number(draw: st.DrawFn, words: st.SearchStrategy[Words], fraction: str) -> Number:
    feedback = draw(st.none() | words)
    middle, width = draw(_NUMBERS), abs(draw(_NUMBERS))
    value = draw(st.sampled_from([None, middle]))
    return Number(middle - width, middle + width, Decimal(fraction), value, feedback)


@st.composite
def _tagged(draw: st.DrawFn, kind: str, common: dict[str, object], words: st.SearchStrategy[Words]) -> Question:
    """What GIFT says by a tag."""
    if kind == "task":
        return Choice(type="observed", options=draw(_options(common["format"], ["50", "50"])), **common)
    return Ordering(items=tuple(draw(st.lists(words, min_size=2, max_size=4))), **common)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """One question of any kind that GIFT can say."""
    common = draw(_common())
    kind = draw(st.sampled_from(["single", "multiple", "short", "numeric", "truth", "matching", "essay", "text", "order", "task"]))
    if kind == "text":
        return Description(**common)
    words = _words(common["format"])
    maybe = st.none() | words
    common["general_feedback"] = draw(maybe)
    if draw(st.booleans()):
        common.update(missing_word=True, text=f"{common['text']} _____ {draw(TEXTS)}")
    if kind == "single":
        wrong = Option(draw(words), Decimal(0))
        return Choice(type="single", options=(*draw(_options(common["format"], ["100"])), wrong), **common)
    if kind == "multiple":
        return Choice(type="multiple", options=draw(_options(common["format"], ["50", "-50"])), **common)
    if kind in {"task", "order"}:
        return draw(_tagged(kind, common, words))
    if kind == "short":
        return Short(options=draw(_options(common["format"], ["100"])), **common)
    if kind == "numeric":
        numbers = tuple(draw(_number(words, fraction)) for fraction in ("100", "50"))
        return Numeric(numbers=numbers, feedback_wrong=draw(maybe), **common)
    if kind == "truth":
        sides = {"feedback_wrong": draw(maybe), "feedback_right": draw(maybe)}
        return TrueFalse(correct=draw(st.booleans()), **sides, **common)
    if kind == "matching":
        lefts = words.filter(lambda left: "->" not in left.text)
        pairs = st.lists(st.tuples(lefts, TEXTS), min_size=2, max_size=3).map(tuple)
        return Matching(pairs=draw(pairs), distractors=tuple(draw(st.lists(TEXTS, max_size=2))), **common)
    return Essay(**common)
