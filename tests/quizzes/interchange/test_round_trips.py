"""Every bank comes back from Moodle XML and from QTI 3 as it was."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.gift import Bank, Question, as_json, parse, to_gift
from app.quizzes.gift.escapes import escape
from app.quizzes.interchange import FORMATS
from tests.quizzes.gift_questions import questions

_HERE = Path(__file__).parent
BANKS = [*(_HERE.parent / "gift").glob("*.gift"), *(_HERE.parents[2] / "content").rglob("*.gift")]


def _there_and_back(bank: Bank, name: str) -> Bank:
    data, lost = FORMATS[name].write(bank.questions)
    assert lost == ()
    there = FORMATS[name].read(data)
    assert there.errors == ()
    assert not [fault for fault in there.warnings if fault.is_loss]
    gift, lost = FORMATS["gift"].write(there.questions)
    assert lost == ()
    return parse(gift)


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@pytest.mark.parametrize("file", BANKS, ids=lambda file: "/".join(file.parts[-3:]))
def test_each_bank_we_have_comes_back(file: Path, name: str) -> None:
    bank = parse(file.read_bytes())
    assert bank.questions
    again = _there_and_back(bank, name)
    assert again.questions == bank.questions
    said = [
        [{**each, "line": 0} for each in as_json(one, file.name)["questions"]] for one in (bank, again)
    ]
    assert said[0] == said[1]


def _canonical(drawn: list[Question]) -> Bank:
    """As GIFT says them: what is compared is GIFT -> other -> GIFT."""
    unique = {question.id or str(number): question for number, question in enumerate(drawn)}
    bank = parse(to_gift(unique.values()))
    assert bank.questions == tuple(unique.values())
    return bank


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), max_size=3))
def test_any_bank_comes_back(name: str, drawn: list[Question]) -> None:
    bank = _canonical(drawn)
    assert _there_and_back(bank, name).questions == bank.questions


_MARKUP = st.lists(
    st.sampled_from(["<b>", "</b>", "<br>", "<p>", "</div>", "&nbsp;", "&lt;", "&", "<", '<a href="x\'">', "]]>", "-->",
                     "a", " ", "<!-- c -->", "<script>", "</script>", "\N{RIGHT-TO-LEFT MARK}", "\N{NO-BREAK SPACE}x"]),
    min_size=1, max_size=6,
).map(lambda parts: "".join(parts).strip()).filter(bool)  # fmt: skip


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@settings(max_examples=80, deadline=None)
@given(_MARKUP, _MARKUP, _MARKUP)
def test_any_markup_comes_back(name: str, text: str, option: str, feedback: str) -> None:
    bank = parse(f"[html]{escape(text)} {{ =[html]{escape(option)}#{escape(feedback)} ~[markdown]{escape(text)} }}")
    if bank.questions:
        assert _there_and_back(bank, name).questions == bank.questions


NUMBERS = "{#=1:0.1 =%50%1..3#range =%-50%-2.5:0 =%0%1e3:1 =%33.333%0.000000000000000000000000000001..9e9 ~#no}"


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
def test_numbers_keep_every_digit_and_how_they_were_written(name: str) -> None:
    bank = parse(f"How much? {NUMBERS}")
    assert bank.questions
    assert _there_and_back(bank, name).questions == bank.questions


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_questions_are_the_same_bytes(name: str) -> None:
    bank = parse((BANKS[0]).read_bytes())
    assert FORMATS[name].write(bank.questions) == FORMATS[name].write(bank.questions)
