"""States, time, grades and the order of options."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.frozen import answer_from, key_of, question_from, rights_of, texts_of
from app.quizzes.gift import Choice, Matching, Question, parse
from app.quizzes.rules import (
    RULE_VERSION,
    Answer,
    AttemptState,
    Chosen,
    Late,
    Matched,
    Typed,
    chosen_numbers,
    due_at,
    finished_at,
    grade,
    is_counted,
    is_due,
    late,
    may_answer,
    option_ids,
    points,
    shuffled,
    waits_for_a_person,
)
from tests.quizzes.gift_questions import questions

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
GRACE = timedelta(seconds=30)
S = AttemptState


def one(gift: str) -> Question:
    (question,) = parse(gift).questions
    return question


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("seconds", [-1, 0, 30, 31])
def test_when_an_answer_counts(state: AttemptState, seconds: int) -> None:
    now = NOON + timedelta(seconds=seconds)
    expected = None if state is S.IN_PROGRESS and seconds <= 30 else Late.AFTER_HANDING_IN
    if expected and state in {S.IN_PROGRESS, S.OVERDUE}:
        expected = Late.AFTER_TIME
    assert late(state, now, NOON, GRACE) is expected
    assert may_answer(state, now, NOON, GRACE) is (expected is None)


def test_without_deadline_there_is_no_late() -> None:
    assert may_answer(S.IN_PROGRESS, NOON + timedelta(days=400), None, GRACE)
    assert not is_due(NOON + timedelta(days=400), None, GRACE)
    assert finished_at(NOON, None) == NOON


def test_the_deadline_is_the_earlier_of_closing_and_time_limit() -> None:
    limit = timedelta(minutes=20)
    assert due_at(NOON, limit, None) == NOON + limit
    assert due_at(NOON, limit, NOON + timedelta(minutes=5)) == NOON + timedelta(minutes=5)
    assert due_at(NOON, None, NOON) == NOON
    assert due_at(NOON, None, None) is None
    assert finished_at(NOON + timedelta(hours=3), NOON) == NOON
    assert finished_at(NOON - timedelta(hours=3), NOON) == NOON - timedelta(hours=3)


SINGLE = "A {=best ~%50%weak ~harmful}"
THIRDS = "A {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d}"


@pytest.mark.parametrize(
    ("gift", "answer", "expected"),
    [
        (SINGLE, Chosen(frozenset({0})), 1),
        (SINGLE, Chosen(frozenset({1})), Fraction(1, 2)),
        (SINGLE, Chosen(frozenset({2})), 0),
        (SINGLE, Chosen(frozenset({0, 1})), 0),
        (SINGLE, Chosen(frozenset({9})), 0),
        (SINGLE, Chosen(frozenset({-1})), 0),
        (SINGLE, Typed("best"), 0),
        (SINGLE, None, 0),
        (THIRDS, Chosen(frozenset({0, 1, 2})), 1),
        (THIRDS, Chosen(frozenset({0, 2})), Fraction(2, 3)),
        (THIRDS, Chosen(frozenset({0, 1, 3})), Fraction(1, 6)),
        (THIRDS, Chosen(frozenset({0, 3})), 0),
        (THIRDS, Chosen(frozenset()), 0),
        ("A {T}", Chosen(frozenset({0})), 1),
        ("A {T}", Chosen(frozenset({1})), 0),
        ("A {F}", Chosen(frozenset({1})), 1),
        ("A {F}", Chosen(frozenset({0, 1})), 0),
        ("A {=Why =%80%reason}", Typed("  WHY "), 1),
        ("A {=Why =%80%reason}", Typed("reason"), Fraction(4, 5)),
        ("A {=Why =%80%reason}", Typed("because"), 0),
        ("A {=co*ord*ation}", Typed("Co-ordination"), 1),
        ("A {=co*ord*ation}", Typed("coation"), 0),
        ("A {=*}", Typed("anything"), 1),
        (r"A {=\*}", Typed("*"), 1),
        (r"A {=\*}", Typed("x"), 0),
        (r"A {=30\:2}", Typed("٣٠:٢"), 1),
        ("A {=caf\u00e9}", Typed("cafe\u0301"), 1),
        ("A {#0.8:0.01}", Typed("0,8"), 1),
        ("A {#0.8:0.01}", Typed("٠٫٨"), 1),
        ("A {#0.8:0.01}", Typed("0.82"), 0),
        ("A {#1500}", Typed("1,500"), 1),
        ("A {#1500}", Typed("1.500,0"), 1),
        ("A {#1500.5}", Typed("1,500.5"), 1),
        ("A {#1.5}", Typed("1,500"), 1),
        ("A {#-1..2}", Typed("−1"), 1),
        ("A {#20..25}", Typed("២៣ %"), 1),
        ("A {#=83:1 =%50%80:9}", Typed("83"), 1),
        ("A {#=83:1 =%50%80:9}", Typed("75"), Fraction(1, 2)),
        ("A {#3}", Typed("three"), 0),
        ("A {#3}", Typed("9" * 10_000), 0),
        ("A {=a -> 1\n=b -> 2\n=c -> 1}", Matched(("1", "2", "1")), 1),
        ("A {=a -> 1\n=b -> 2\n=c -> 1}", Matched(("1", None, "2")), Fraction(1, 3)),
        ("A {=a -> 1\n=b -> 2}", Matched(()), 0),
    ],
)
def test_points_of_one_answer(gift: str, answer: Answer | None, expected: Fraction | int) -> None:
    assert points(one(gift), answer) == expected


def test_a_grade_is_exact_and_takes_what_a_person_gave() -> None:
    bank = dict(enumerate(parse(f"{SINGLE}\n\nB {{T}}\n\nC {{#3}}\n\nWrite. {{}}\n\nOnly text.").questions))
    given = {0: Chosen(frozenset({1})), 1: Chosen(frozenset({0})), 3: Typed("My plan"), 99: Typed("3")}
    assert waits_for_a_person(bank, given, {}) == {3}
    assert waits_for_a_person(bank, given, {3: Fraction(1, 2)}) == waits_for_a_person(bank, {}, {}) == set()
    result = grade(bank, given, {3: Fraction(1, 2)})
    assert (result.score, result.max, result.share) == (Fraction(2), 4, Fraction(1, 2))
    assert result.rule_version == RULE_VERSION
    assert grade({}, {}).share == 0


def answers() -> st.SearchStrategy[Answer]:
    chosen = st.frozensets(st.integers(-2, 8)).map(Chosen)
    matched = st.lists(st.none() | st.text("ab"), max_size=5).map(lambda rights: Matched(tuple(rights)))
    return chosen | matched | st.text().map(Typed)


@pytest.mark.slow
@given(st.lists(st.tuples(questions(), answers())))
def test_any_answers_give_a_share_between_0_and_1(pairs: list[tuple[Question, Answer]]) -> None:
    result = grade({n: q for n, (q, _) in enumerate(pairs)}, {n: a for n, (_, a) in enumerate(pairs)})
    assert 0 <= result.share <= 1
    assert result.score == result.share * result.max or result.max == 0


@pytest.mark.slow
@given(questions().filter(lambda q: isinstance(q, Choice)))
def test_the_best_options_together_are_worth_a_whole_point(question: Choice) -> None:
    right = [n for n, option in enumerate(question.options) if option.fraction > 0]
    if question.type == "single":
        right = [n for n in right if question.options[n].fraction == Decimal(100)][:1]
    assert points(question, Chosen(frozenset(right))) == min(1, sum(question.options[n].fraction for n in right) / 100)


@given(st.integers(1, 8), st.integers(0, 2**63), st.text(max_size=5))
def test_option_names_tell_nothing_and_lead_back(count: int, seed: int, code: str) -> None:
    ids = option_ids(count, seed, code)
    assert len(set(ids)) == count
    assert {len(name) for name in ids} == {12}
    assert set(ids).isdisjoint(option_ids(count, seed + 1, code))
    shown = shuffled(ids, seed)
    assert sorted(shown) == sorted(ids)
    assert shown == shuffled(reversed(ids), seed)
    assert chosen_numbers(shown, ids) == frozenset(range(count))
    assert chosen_numbers([*shown, "forged"], ids) is None


def test_every_option_is_first_about_equally_often() -> None:
    first = [0, 0, 0]
    for seed in range(3000):
        ids = option_ids(3, seed, "q")
        first[ids.index(shuffled(ids, seed)[0])] += 1
    assert min(first) > 850


@given(questions())
def test_a_frozen_question_comes_back_whole(question: Question) -> None:
    assert question_from(key_of({"en": question}), "km") == question


def test_texts_before_release_hold_no_key() -> None:
    gift = """::q:: Text {=SHOWN#secret ~%50%ALSO#secret ####secret}

Number {#42:1#secret}

Short {=42#secret}

Pairs {=L1 -> R1\n=L2 -> R2\n= -> R3}

Truth {F#secret#secret}"""
    shown = [texts_of({"en": question})["en"] for question in parse(gift).questions]
    assert "secret" not in str(shown)
    assert "42" not in str(shown)
    assert "50" not in str(shown)
    assert [set(each) for each in shown] == [
        {"text", "format", "options"},
        {"text", "format"},
        {"text", "format"},
        {"text", "format", "lefts", "rights"},
        {"text", "format"},
    ]


def test_a_stored_answer_means_the_same_in_every_language() -> None:
    english, khmer = one("::m:: A {=a -> y\n=b -> x\n= -> z}"), one("::m:: ក {=ខ -> គ\n=ឃ -> ច\n= -> ឆ}")
    assert isinstance(english, Matching)
    assert isinstance(khmer, Matching)
    choice = [str(rights_of(english).index(right)) for _, right in english.pairs]
    assert points(khmer, answer_from(khmer, choice)) == points(english, answer_from(english, choice)) == 1
    assert answer_from(english, [choice[0], ""]) == Matched(("y", None))
    assert answer_from(one("A {=x}"), ["x"]) == Typed("x")
    assert answer_from(one(SINGLE), ["1"]) == Chosen(frozenset({1}))
    assert answer_from(one(SINGLE), []) is None
    assert not is_counted(one("Only text."))
