"""A translation is the same question in other words, whatever the question."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.content.authoring.questions.banks import added, arranged, entries, next_title, retitled, without_title, written
from app.content.authoring.questions.fields import Unfit, fields_of
from app.content.authoring.questions.translating import (
    Pair,
    PairState,
    is_like,
    pairs,
    put,
    strangers,
    target_fields,
    translated,
)
from app.quizzes.gift import Question, parse, to_gift
from tests.counts import examples
from tests.quizzes.gift_questions import questions

BANK = "::a:: A? {T}\n\n::b:: B? {=x ~y}\n\n::c:: C? {=k -> l\n=m -> n\n= -> o\n}\n"


@pytest.mark.slow
@settings(max_examples=examples(200), deadline=None)
@given(questions(), st.booleans())
def test_whatever_is_translated_asks_the_same(source: Question, is_there: bool) -> None:
    source = replace(source, title="q")
    pair = Pair(1, source, source if is_there else None, 1 if is_there else None)
    shown = target_fields(pair)
    assert (shown["text"] != "") == is_there
    made = translated(pair, fields_of(source))
    assert is_like(source, made)
    assert made.text == source.text
    assert made.tags == (source.tags if is_there else ())
    assert written(made) is not None


@pytest.mark.slow
@settings(max_examples=examples(100), deadline=None)
@given(st.lists(questions(), min_size=2, max_size=4), st.data())
def test_translations_come_to_stand_in_the_order_of_the_source(bank: list[Question], data: st.DataObject) -> None:
    bank = [replace(question, title=f"q{number}", id=None, category=None) for number, question in enumerate(bank)]
    source = entries(to_gift(bank))
    assume(all(entry.question for entry in source))
    text = ""
    for at in data.draw(st.permutations(range(len(bank)))):
        pair = pairs(source, entries(text))[at]
        assert pair.state is PairState.MISSING
        block = written(translated(pair, fields_of(bank[at])))
        assert block
        text = put(text, source, pair, block)
    assert [entry.title for entry in entries(text)] == [question.title for question in bank]
    assert {pair.state for pair in pairs(source, entries(text))} == {PairState.THERE}


def test_what_the_source_has_may_not_be_left_out() -> None:
    [_a, pair, matching] = pairs(entries(BANK), ())
    for fields in ({"text": ""}, {"text": "B?", "answers": [{"text": "x"}]}, {"text": "B?", "answers": [{"text": "x"}, {"text": ""}]}):
        with pytest.raises(Unfit):
            translated(pair, fields)
    rows = [{"left": "1", "right": "2"}, {"left": "3", "right": "4"}, {"left": "forged", "right": "5"}]
    made = translated(matching, {"text": "C", "pairs": rows})
    assert is_like(matching.source, made), "a right side that belongs to none stays so"


def test_strangers_and_unlike_ones() -> None:
    target = entries("::b:: B {=x ~%50%y}\n\n::z:: Z? {T}\n")
    assert strangers(entries(BANK), target) == (2,)
    assert [pair.state for pair in pairs(entries(BANK), target)] == [PairState.MISSING, PairState.UNLIKE, PairState.MISSING]


def test_what_follows_the_source() -> None:
    assert [entry.title for entry in entries(arranged(BANK, ["c", "x", "a", "b"]))] == ["c", "a", "b"]
    assert [entry.title for entry in entries(arranged(BANK, ["c", "a"]))] == ["c", "b", "a"]
    assert arranged(arranged(BANK, ["c", "b", "a"]), ["a", "b", "c"]) == BANK
    assert without_title(BANK, "x") == retitled(BANK, "x", "y") == BANK
    assert [entry.title for entry in entries(retitled(BANK, "b", "new"))] == ["a", "new", "c"]
    assert parse(retitled(added(BANK, "::d:: {"), "d", "new")).readable == parse(BANK).readable


@pytest.mark.parametrize(
    ("titles", "title"),
    [([], "quiz-01"), (["sst-pre-09", "sst-pre-10"], "sst-pre-11"), (["a99"], "a100"), (["x", None], "quiz-01"), (["a-02", "b-1"], "b-2")],
)
def test_the_next_title(titles: list[str | None], title: str) -> None:
    assert next_title(titles, "quiz-01") == title
