"""A form shows every question whole: what comes back is the same question, and what is written reads as it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.authoring.questions.banks import written
from app.content.authoring.questions.fields import Unfit, fields_of, question_of
from app.quizzes.gift import Question, parse
from tests.counts import examples
from tests.quizzes.gift_questions import TEXTS, questions

ROW = {"text": "", "worth": "0", "feedback": ""}
BASE = {"title": "f1", "text": "Smoke?", "tags": "", "source": "", "review": "", "general": ""}


def answers(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "worth": worth, "feedback": ""} for text, worth in rows]


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None)
@given(questions())
def test_form_to_gift_to_form_is_the_same_question(question: Question) -> None:
    data = fields_of(question)
    again = question_of(question.type, data, question)
    assert again == question
    block = written(again)
    assert block is not None
    [read] = parse(block).questions
    assert read == replace(question, category=None)
    assert fields_of(read) == data


@settings(max_examples=examples(200), deadline=None)
@given(st.sampled_from(["single", "multiple", "short"]), TEXTS, st.lists(st.tuples(TEXTS, st.sampled_from(["100", "50", "0"])), min_size=1, max_size=4))
def test_what_is_typed_is_kept_as_it_was_typed(kind: str, text: str, typed: list[tuple[str, str]]) -> None:
    rows = answers(("Leave", "right" if kind == "multiple" else "100"), *typed, ("Look", "wrong" if kind == "multiple" else "0"))
    question = question_of(kind, BASE | {"text": text, "answers": rows})
    block = written(question)
    assert block is not None
    data = fields_of(parse(block).questions[0])
    assert [row["text"] for row in data["answers"]] == [row["text"] for row in rows]
    assert data["text"] == text


@pytest.mark.parametrize(
    ("source", "text"), [("a [tag:roles] b", "x"), ("Law review: 2027-01-01", "x"), ("[id:7]", "x"), ("x", "a\x07b"), ("x", "\x85a")]
)
def test_what_a_file_cannot_keep_is_not_written(source: str, text: str) -> None:
    question = question_of("single", BASE | {"source": source, "text": text, "answers": answers(("Leave", "100"), ("Look", "0"))})
    assert written(question) is None


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("single", {"answers": answers(("Leave", "100"))}, "few_answers"),
        ("single", {"answers": answers(("Leave", "50"), ("Look", "0"))}, "no_right"),
        ("single", {"answers": answers(("Leave", "100"), ("Go", "100"))}, "all_right"),
        ("single", {"answers": answers(("Leave", "17"), ("Go", "100"))}, "worth"),
        ("single", {"answers": [*answers(("Leave", "100"), ("Go", "0")), ROW | {"feedback": "x"}]}, "feedback_alone"),
        ("multiple", {"answers": answers(("Leave", "0"), ("Go", "wrong"))}, "no_right"),
        ("multiple", {"answers": answers(*((str(at), "right") for at in range(11)))}, "many_right"),
        ("short", {"answers": answers(("", "100"))}, "few_answers"),
        ("numeric", {"numbers": [{"low": "", "high": "", "worth": "100", "feedback": ""}]}, "few_answers"),
        ("numeric", {"numbers": [{"low": "9", "high": "1", "worth": "100", "feedback": ""}]}, "range"),
        ("numeric", {"numbers": [{"low": "=1+1", "high": "", "worth": "100", "feedback": ""}]}, "number"),
        ("matching", {"pairs": [{"left": "a", "right": "b"}, {"left": "", "right": "c"}]}, "few_pairs"),
        ("matching", {"pairs": [{"left": "a", "right": ""}]}, "no_partner"),
        ("matching", {"pairs": [{"left": "a -> b", "right": "c"}]}, "arrow"),
        ("ordering", {"things": [{"text": "a"}, {"text": ""}]}, "few_things"),
        ("observed", {"answers": answers(("Looks", "0"), ("Calls", "0"))}, "no_right"),
        ("essay", {"text": ""}, "text"),
    ],
)
def test_what_is_no_question(kind: str, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Unfit, match=f"^{code}$"):
        question_of(kind, BASE | values)


def test_several_right_share_the_points_and_wrong_ones_take_as_much() -> None:
    question = question_of("multiple", BASE | {"answers": answers(("a", "right"), ("b", "right"), ("c", "wrong"), ("d", "0"), ("e", "right"))})
    block = written(question)
    assert block
    assert "~%33.33333%a\n~%33.33333%b\n~%-33.33333%c\n~d\n~%33.33333%e" in block
    assert [row["worth"] for row in fields_of(question)["answers"]] == ["right", "right", "wrong", "0", "right"]
