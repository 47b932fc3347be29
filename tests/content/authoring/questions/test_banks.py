"""One question of a bank changes; the bytes of the others stay, whatever stands in them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.authoring.questions import banks
from app.quizzes.gift import Question, parse, to_gift
from tests.counts import examples
from tests.quizzes.gift_questions import questions

BANKS = sorted((Path(__file__).resolve().parents[4] / "content").rglob("*.gift"))
TEXT = """\
// [tag:a]
// a remark of the author
::one:: [plain] First? {
  =Yes # Good.
  ~No
}

// source: a guide
::two:: Second? {T}


::three:: Third? {F}
"""
[TWO] = parse("::two:: Other? {F}").questions


def titles(text: str) -> list[str | None]:
    return [question.title for question in parse(text).readable]


@pytest.mark.slow
@pytest.mark.parametrize("path", BANKS, ids=lambda path: f"{path.parts[-3]}-{path.stem}-{path.parts[-2]}")
def test_the_banks_of_the_house_are_cut_where_their_questions_are(path: Path) -> None:
    text = path.read_text("utf-8")
    found = banks.entries(text)
    assert tuple(entry.question for entry in found) == parse(text).questions
    for number, entry in enumerate(found, 1):
        assert entry.question
        assert banks.written(entry.question) is not None
        assert banks.replaced(text, number, "\n".join(line for line in entry.lines)).count("::") == text.count("::")


def test_a_replaced_question_leaves_the_others_as_they_are() -> None:
    block = banks.written(TWO)
    assert block
    changed = banks.replaced(TEXT, 2, block)
    assert changed == TEXT.replace("// source: a guide\n::two:: Second? {T}", "::two::Other? {F}")


def test_remarks_stay_with_their_question() -> None:
    [one] = parse("::one:: New {T}").questions
    block = banks.written(one)
    assert block
    assert banks.replaced(TEXT, 1, block).startswith("// a remark of the author\n::one::New {T}\n\n// source: a guide\n")


def test_moving_there_and_back_changes_nothing() -> None:
    down = banks.moved(TEXT, 1, 1)
    assert down
    assert titles(down) == ["two", "one", "three"]
    assert banks.moved(down, 2, -1) == TEXT
    assert banks.moved(TEXT, 1, -1) == banks.moved(TEXT, 3, 1) == TEXT


def test_a_category_goes_along() -> None:
    text = "$CATEGORY: a\n::one:: x {T}\n\n$CATEGORY: b\n::two:: y {T}\n"
    down = banks.moved(text, 1, 1)
    assert down
    assert [(question.title, question.category) for question in parse(down).questions] == [("two", "b"), ("one", "a")]
    assert banks.moved(text + "\n::three:: {", 1, 1) is None


def test_taking_away_and_adding() -> None:
    assert titles(banks.without(TEXT, 2)) == ["one", "three"]
    assert "source" not in banks.without(TEXT, 2)
    assert titles(banks.added(TEXT, "::four:: x {T}")) == ["one", "two", "three", "four"]
    assert titles(banks.added(TEXT, "::four:: x {T}", 0)) == ["four", "one", "two", "three"]
    assert titles(banks.added(TEXT, "::four:: x {T}", 2)) == ["one", "two", "four", "three"]
    assert banks.added("", "::four:: x {T}") == "::four:: x {T}\n"
    assert banks.without("::four:: x {T}\n", 1) == ""


def test_what_cannot_be_read_is_there_all_the_same() -> None:
    text = "\ufeff" + TEXT.replace("=Yes", "=Yes {").replace("\n", "\r\n")
    found = banks.entries(text)
    assert [entry.title for entry in found] == [None, "two", "three"]
    assert titles(banks.without(text, 1)) == ["two", "three"]


@pytest.mark.slow
@settings(max_examples=examples(100), deadline=None)
@given(st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: question.id or object()), questions(), st.data())
def test_what_is_not_touched_keeps_its_meaning(bank: list[Question], new: Question, data: st.DataObject) -> None:
    text = to_gift(bank)
    at = data.draw(st.integers(1, len(bank)))
    block = banks.written(new)
    assert block
    changed = parse(banks.replaced(text, at, block)).readable
    assert len(changed) == len(bank)
    assert [each for number, each in enumerate(changed, 1) if number != at] == [each for number, each in enumerate(bank, 1) if number != at]
    assert [*parse(banks.without(text, at)).questions] == [each for number, each in enumerate(bank, 1) if number != at]
