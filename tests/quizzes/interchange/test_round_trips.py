"""Every bank comes back from Moodle XML and from QTI 3 as it was."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.gift import Bank, Choice, Format, Option, Ordering, Question, TrueFalse, Words, as_json, parse, to_gift
from app.quizzes.gift.escapes import escape
from app.quizzes.interchange import FORMATS
from tests.counts import examples
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


@pytest.mark.sampled(each="file")
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


FORMULAS = [
    r"\(x^{2} = \frac{1}{2}\)", r"$$\sum_{i=1}^{n} i \sim n^2$$", "a < b & c > d", "5*3 = 15 # ~ {}", "=SUM(A1)", "a\nb\n\nc", "a\tb  c",
    '<img src="media/exit.svg" alt="exit">', "![exit](media/exit.svg)", "@@PLUGINFILE@@/exit.png", "]]>", "--><b>", "\N{ZERO WIDTH JOINER}a",
    "&amp;amp; &nbsp;", "<math><mi>x</mi></math>", "// no comment", "::no title::", "%50%", "T", "1..2", "[html]", "$CATEGORY: x",
]  # fmt: skip


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@pytest.mark.parametrize("written", list(Format))
def test_formulas_markup_and_references_to_media_come_back(written: Format, name: str) -> None:
    drawn = [
        Choice(
            type="single", text=f"Q {text}", title=text.replace("\n", " "), format=written, tags=("a-b", "[x]"), id=f"n-{number} ]",
            options=(Option(Words(text), Decimal(100), Words(text, Format.MARKDOWN if written is Format.HTML else None)), Option(Words("no"), Decimal(0))),
        )
        for number, text in enumerate(FORMULAS)
    ]  # fmt: skip
    bank = parse(to_gift(drawn))
    assert bank.questions == tuple(drawn)
    assert _there_and_back(bank, name).questions == bank.questions


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
def test_things_to_bring_into_order_come_back(name: str) -> None:
    items = (Words("Stop"), Words("<b>Call", Format.HTML), Words("Leave"))
    question = Ordering(text="In which order?", title="Fire", category="a/b", items=items, general_feedback=Words("So."))
    data, lost = FORMATS[name].write([question])
    assert lost == ()
    assert FORMATS[name].read(data).questions == (question,)
    data, lost = FORMATS["gift"].write([question])
    assert lost == ()
    assert parse(data).questions == (question,)


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe"])
def test_a_question_with_a_control_character_is_left_out_and_named(character: str, name: str) -> None:
    bad = TrueFalse(text=f"a{character}b", correct=True, line=7)
    data, lost = FORMATS[name].write([TrueFalse(text="Fine", correct=True), bad])
    whole = [each for each in lost if each.is_whole]
    assert [(each.line, each.number) for each in whole] == [(7, 2)]
    assert "control character" in whole[0].message
    assert [question.text for question in FORMATS[name].read(data).questions] == ["Fine"]


def _canonical(drawn: list[Question]) -> Bank:
    """As GIFT says them: what is compared is GIFT -> other -> GIFT."""
    unique = {question.id or str(number): question for number, question in enumerate(drawn)}
    bank = parse(to_gift(unique.values()))
    assert bank.questions == tuple(unique.values())
    return bank


@pytest.mark.slow
@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@settings(max_examples=examples(60), deadline=None)
@given(st.lists(questions(), max_size=3))
def test_any_bank_comes_back(name: str, drawn: list[Question]) -> None:
    bank = _canonical(drawn)
    assert _there_and_back(bank, name).questions == bank.questions


_MARKUP = st.lists(
    st.sampled_from(["<b>", "</b>", "<br>", "<p>", "</div>", "&nbsp;", "&lt;", "&", "<", '<a href="x\'">', "]]>", "-->",
                     "a", " ", "&#13;", "&#127;", "&#99999999999;", "<p><p><p><p><p>" * 20, "<!-- c -->", "<script>", "</script>", "\N{RIGHT-TO-LEFT MARK}", "\N{NO-BREAK SPACE}x"]),
    min_size=1, max_size=6,
).map(lambda parts: "".join(parts).strip()).filter(bool)  # fmt: skip


@pytest.mark.parametrize("name", ["moodle-xml", "qti3", "qti21"])
@settings(max_examples=examples(80), deadline=None)
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
