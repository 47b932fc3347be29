"""What is kept and what is shown of anonymous forms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.surveys.rules import LONGEST_COMMENT, Answers, Item, figures, form_text, is_too_long, kept, month_of
from tests.make.surveys import EVALUATION

ITEMS = form_text(EVALUATION["in"], ["en"]).items


def answered(*counts: int, item: str = "pace") -> list[Answers]:
    return [{item: number} for number, count in enumerate(counts) for _ in range(count)]


def test_a_form_is_read_in_a_language_that_it_exists_in() -> None:
    assert form_text(EVALUATION["in"], [None, "km", "ar"]).language == "ar"
    assert form_text(EVALUATION["in"], ["km"]).language == "en"
    assert form_text({"ar": EVALUATION["in"]["ar"]}, ["km"]).language == "ar"
    assert [item.choices for item in ITEMS] == [5, 3, 0]


@pytest.mark.parametrize("sent", ["3", "-1", "0x1", "１", "1e0", " 1", "999999999999", "", "\0"])
def test_an_answer_that_does_not_exist_is_dropped(sent: str) -> None:
    assert kept(ITEMS, {"pace": sent, "nobody-asked": "1"}) == {}


def test_words_are_kept_without_what_surrounds_them() -> None:
    assert kept(ITEMS, {"useful": "4", "change": "  a\r\nb \n"}) == {"useful": 4, "change": "a\nb"}
    assert is_too_long(ITEMS, {"change": "x" * (LONGEST_COMMENT + 1)})
    assert not is_too_long(ITEMS, {"change": "x" * LONGEST_COMMENT})


def test_only_the_month_is_kept() -> None:
    assert month_of(date(2026, 11, 26)) == date(2026, 11, 1)


def test_nothing_is_shown_of_four() -> None:
    assert figures(ITEMS, answered(1, 2, 1), ["en"] * 4) is None


def test_five_are_shown_as_numbers_without_means() -> None:
    shown = figures(ITEMS, answered(1, 3, 1), ["en"] * 5)
    assert shown == {"n": 5, "items": {"pace": {"n": 5, "counts": [1, 3, 1]}}, "languages": {"en": 5}}


def test_an_item_that_four_answered_stays_away() -> None:
    answers: list[Answers] = [*({"useful": 0, "pace": 1} for _ in range(4)), {"pace": 2}]
    shown = figures(ITEMS, answers, ["en"] * 5)
    assert shown is not None
    assert set(shown["items"]) == {"pace"}


def test_comments_are_shown_in_the_order_of_their_letters() -> None:
    words = ["zoo", "Bee", "ant", "car", "dog"]
    shown = figures(ITEMS, [{"change": each} for each in words], ["en"] * 5)
    again = figures(ITEMS, [{"change": each} for each in reversed(words)], ["en"] * 5)
    assert shown is not None
    assert shown["items"]["change"]["comments"] == ["ant", "Bee", "car", "dog", "zoo"]
    assert shown == again


def test_a_language_of_few_is_not_named() -> None:
    shown = figures(ITEMS, answered(6), ["en"] * 5 + ["ar"])
    assert shown is not None
    assert shown["languages"] == {}


@given(st.lists(st.integers(0, 9), max_size=8))
def test_no_two_figures_differ_by_the_answers_of_fewer_than_five(steps: list[int]) -> None:
    """However often a form is closed again after some more people: what is seen twice cannot be subtracted."""
    answers: list[Answers] = []
    before = None
    for step in steps:
        answers += [{"pace": len(answers) % 3, **({"useful": 1} if len(answers) % 2 else {})} for _ in range(step)]
        after = figures(ITEMS, answers, ["en"] * len(answers), before)
        for name, figure in (after or {"items": {}})["items"].items():
            known = (before or {"items": {}})["items"].get(name, {"n": 0})
            assert figure == known or figure["n"] - known["n"] >= 5
        if before and after:
            assert after["n"] == before["n"] or after["n"] - before["n"] >= 5
        before = after


def test_a_scale_has_five_answers() -> None:
    assert Item("x", "?", is_scale=True).choices == 5
