"""GIFT banks: samples word for word, every fault with its line, writing and reading again."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.gift import Bank, Question, as_json, parse, to_gift
from tests.counts import examples
from tests.growth import assert_linear
from tests.quizzes.gift_questions import questions

BANK = r"""// A comment may hold { braces } and = signs.

$CATEGORY: $course$/top/Supervision/My job

// [id:sup-1] [tag:roles] [tag:pre-test]
// source: public guide  review by: 2026-11-20
::Who\: decides::You can change the wage slip. {FALSE#Payroll decides.#Right.}

::Gap::[plain]Fair discipline means: {
~shouting
// not read
=finding the cause # first
~%50%asking
####Cause first.} before anything.

::Praise::Which? {~%33.3%exact ~%33.333%same day ~%33.33333%honest ~%-50%late}

{#=83.33:0.5#Well. =%50%80..82 ~#No.} percent

::Pairs::Match. {=a -> b
=c -> d -> e
= -> f}

::Essay::Write \{three\} habits\nplease. {}

Take the sheet.
It has two lines.
"""


def faults(gift: str | bytes) -> list[tuple[int, str]]:
    bank = parse(gift)
    return [(fault.line, fault.code) for fault in (*bank.errors, *bank.warnings)]


def test_a_bank_with_every_kind_is_read() -> None:
    bank = parse(BANK)
    assert bank.errors == bank.warnings == ()
    form = [as_json(bank, "x.gift")["questions"][number] for number in range(7)]
    assert [(q["line"], q["type"], q["title"]) for q in form] == [
        (7, "true_false", "Who: decides"),
        (9, "single", "Gap"),
        (16, "multiple", "Praise"),
        (18, "numeric", None),
        (20, "matching", "Pairs"),
        (24, "essay", "Essay"),
        (26, "description", None),
    ]
    assert form[0]["category"] == "Supervision/My job"
    assert (form[0]["id"], form[0]["tags"]) == ("sup-1", ["roles", "pre-test"])
    assert (form[0]["feedback_wrong"], form[0]["feedback_right"]) == ("Payroll decides.", "Right.")
    assert (bank.questions[0].source, bank.questions[0].review) == ("public guide", "2026-11-20")
    assert form[1]["text"] == "Fair discipline means: _____ before anything."
    assert form[1]["general_feedback"] == "Cause first."
    assert form[1]["answers"][1] == {"text": "finding the cause", "fraction": 100, "feedback": "first"}
    assert [a["fraction"] for a in form[2]["answers"]] == [33.33333, 33.33333, 33.33333, -50]
    assert form[3]["text"] == "_____ percent"
    assert form[3]["answers"] == [
        {"value": 83.33, "tolerance": 0.5, "fraction": 100, "feedback": "Well."},
        {"min": 80, "max": 82, "fraction": 50, "feedback": None},
    ]
    assert form[3]["feedback_wrong"] == "No."
    assert (form[4]["pairs"], form[4]["distractors"]) == ([["a", "b"], ["c", "d -> e"]], ["f"])
    assert form[5]["text"] == "Write {three} habits\nplease."
    assert form[6]["text"] == "Take the sheet.\nIt has two lines."


@pytest.mark.parametrize(
    ("gift", "expected"),
    [
        ("\n\n::T:: Text {=a ~b\n\nNext {=a ~b}", [(3, "unclosed_brace")]),
        ("Text {\n=a {b}\n}", [(1, "unclosed_brace")]),
        ("Text\n=a ~b}", [(2, "unopened_brace")]),
        ("::Title Text {=a ~b}", [(1, "title_not_closed")]),
        ("::Title {=a::b ~b}", [(1, "title_not_closed")]),
        ("One {=a ~b}\nTwo {=a ~b}", [(2, "two_answer_blocks")]),
        ("::Only a title:: {=a ~b}", [(1, "empty_question")]),
        ("::Only a title::", [(1, "empty_question")]),
        ("Text {\n=a\n~\n~b}", [(3, "empty_answer")]),
        ("Text {#}", [(1, "empty_answer")]),
        ("Text {=a -> \n= b -> c = c -> d}", [(1, "empty_answer")]),
        ("Text {first =a ~b}", [(1, "text_before_answers")]),
        ("Text {~a ~b}", [(1, "no_right_answer")]),
        ("Text {=%50%a ~b}", [(1, "no_right_answer")]),
        ("Text {=%50%a}", [(1, "no_right_answer")]),
        ("Text {#=%50%1}", [(1, "no_right_answer")]),
        ("Text {\n=a\n~%45%b}", [(3, "bad_weight")]),
        ("Text {=a ~%150%b ~%half%c ~%50 d}", [(1, "bad_weight")] * 3),
        ("Text {#three}", [(1, "bad_number")]),
        ("Text {#\n=1:1\n=x:1}", [(3, "bad_number")]),
        ("Text {#1:-1}", [(1, "bad_number")]),
        ("Text {#NaN}", [(1, "bad_number")]),
        ("Text {#1e9999}", [(1, "bad_number")]),
        ("Text {#1 =2}", [(1, "bad_number")]),
        ("Text {#5..1}", [(1, "range_reversed")]),
        ("Text {=a -> b}", [(1, "matching_too_few")]),
        ("Text {=a -> b\n=c -> d\n=e}", [(3, "matching_without_arrow")]),
        ("// [id:x]\nA {T}\n\n// [id:x]\nB {T}", [(5, "duplicate_id")]),
        (b"A {T}\n\nB\xff {T}", [(3, "bad_encoding")]),
        ("A\x00 {T}", [(1, "bad_encoding")]),
        ("A\ud800 {T}", [(1, "bad_encoding")]),
        ("Text {~%50%a ~%25%b}", [(1, "weights_not_100")]),
        ("[textile]Text {T}", [(1, "unknown_format")]),
        ("", []),
        ("// only a comment\n\n$CATEGORY: empty", []),
    ],
)
def test_every_fault_has_its_line(gift: str | bytes, expected: list[tuple[int, str]]) -> None:
    assert faults(gift) == expected


def test_all_faults_are_listed_and_the_bank_is_refused_whole() -> None:
    bank = parse("A {=a ~}\n\nGood {T}\n\n::B {T}\n\nC {#x}")
    assert [(fault.line, fault.code) for fault in bank.errors] == [
        (1, "empty_answer"),
        (5, "title_not_closed"),
        (7, "bad_number"),
    ]
    assert not bank.is_accepted
    assert bank.questions == ()
    assert [question.text for question in bank.readable] == ["Good"]
    report = as_json(bank, "b.gift")
    assert (report["outcome"], report["questions"]) == ("refused", [])
    assert report["messages"][2] == "b.gift:7: not a number: x"


def test_byte_order_mark_and_all_line_ends_are_understood() -> None:
    plain = parse("A {\n=x\n~y\n}\n\nB {T}")
    assert plain == parse("\ufeffA {\r\n=x\r\n~y\r\n}\r\n\r\nB {T}".encode()) == parse("A {\r=x\r~y\r}\r\rB {T}")


def test_local_digits_are_numbers() -> None:
    assert parse("A {#٣٠:٢}").questions == parse("A {#30:2}").questions


def test_a_category_holds_until_the_next_one() -> None:
    bank = parse(
        "A {T}\n\n$CATEGORY: x/y\nB {T}\n\nC {T}\n\n$CATEGORY: $course$/top/z\n\nD {T}\n\n$CATEGORY: $course$\n\nE"
    )
    assert [question.category for question in bank.questions] == [None, "x/y", "x/y", "z", None]


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None)
@given(st.lists(questions(), max_size=4))
def test_what_is_written_is_read_again(bank: list[Question]) -> None:
    unique = list({question.id or number: question for number, question in enumerate(bank)}.values())
    written = parse(to_gift(unique))
    assert written.errors == ()
    assert list(written.questions) == unique


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.sampled_from([*"{}=~#:%[]\\", "\n", "\n\n", "->", "a", "1", "..", "//", "::", "####"])).map("".join))
def test_any_text_gives_a_bank_or_faults_never_an_exception(text: str) -> None:
    bank = parse(text)
    assert isinstance(bank, Bank)
    assert parse(to_gift(bank.questions)).questions == bank.questions


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "part", "after", "size"),
    [("A {=", "~a#b", "}", 500), ("", "{", "", 40_000), ("", "::", "", 12_500), ("", "A {=a ~}\n\n", "", 500), ("", "A {=a}\n\n", "", 500)],
)
def test_large_hostile_banks_take_linear_time(before: str, part: str, after: str, size: int) -> None:
    assert_linear(lambda times: before + part * times + after, parse, size)


SAMPLES = Path(__file__).parent / "gift"


@pytest.mark.parametrize("name", ["supervision.en", "fire.km", "first-aid.ar", "chemicals.bn"])
def test_samples_are_read_word_for_word(name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.gift.expected.json").read_text("utf-8"))
    del expected["note"], expected["language"]
    assert as_json(parse((SAMPLES / f"{name}.gift").read_bytes()), f"{name}.gift") == expected
