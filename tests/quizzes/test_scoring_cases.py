"""Banks of other formats run as quizzes with the points that their formats define: one row a case, with its source.

An answer is what somebody chooses on the page: words of options, pairs, lines in their order, or what is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.db import db
from app.quizzes import operations, queries
from app.quizzes.frozen import answer_from, graded_question, key_of, texts_of
from app.quizzes.gift import Question
from app.quizzes.interchange import FORMATS
from app.quizzes.models import Attempt
from app.quizzes.models import Question as StoredQuestion
from app.quizzes.operations import publish_bank
from app.quizzes.rules import AttemptState, points
from app.quizzes.shown import Shown, Stored, choice_of, shown
from tests.make import quizzes

GIFT = "docs.moodle.org, GIFT format"
MULTI = "Moodle, question/type/multichoice/question.php: fractions are added, not below 0"
WEIGHTS = "docs.moodle.org, GIFT format: %percentage% before an answer"
SHORT = "docs.moodle.org, Short-Answer question type: * stands for anything, the first answer that matches counts"
NUMBER = "docs.moodle.org, GIFT format: value:tolerance and low..high, both bounds included"
MATCH = "Moodle, question/type/match/question.php: share of the subquestions with the right answer"
ORDER = "Moodle, question/type/ordering/tests/question_test.php: ABSOLUTE_POSITION"
ORDER_ALL = "Moodle, question/type/ordering/tests/question_test.php: ALL_OR_NOTHING"
CORRECT = "QTI 2.1 Implementation Guide, response processing template match_correct: 1 for the correct response, else 0"
MAPPED = "QTI 2.1 Information Model, mapResponse: mapped values are added and held between lowerBound and upperBound"
EQUAL = "QTI 2.1 Information Model, equal: toleranceMode absolute, bounds included"
NO_LOSS = "our own rule: no negative marks (a wrong answer takes nothing from other questions)"

Given = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """What is chosen or typed, and its points of one."""

    format: str
    bank: str
    given: Given
    points: Fraction
    source: str


def cases(name: str, bank: str, source: str, *rows: tuple[Given, object]) -> list[Case]:
    return [Case(name, bank, given, Fraction(str(points)), source) for given, points in rows]


def xml(kind: str, *inside: str) -> str:
    text = '<name><text>n</text></name><questiontext format="plain_text"><text>Q</text></questiontext>'
    return f'<?xml version="1.0"?><quiz><question type="{kind}">{text}{"".join(inside)}</question></quiz>'


def answer(text: str, fraction: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>{more}</answer>'


def pair(left: str, right: str) -> str:
    return f'<subquestion format="plain_text"><text>{left}</text><answer><text>{right}</text></answer></subquestion>'


def item(cardinality: str, kind: str, right: Sequence[str], body: str, processing: str, mapping: str = "") -> str:
    values = "".join(f"<value>{each}</value>" for each in right)
    declared = f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}"><correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>'
    score = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
    space = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
    return f'<assessmentItem {space} identifier="i" title="T" adaptive="false" timeDependent="false">{declared}{score}<itemBody><p>Q</p>{body}</itemBody>{processing}</assessmentItem>'


def mapping(values: Mapping[str, str], bounds: str = 'lowerBound="0"') -> str:
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in values.items())
    return f'<mapping defaultValue="0" {bounds}>{entries}</mapping>'


def template(name: str) -> str:
    return f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{name}"/>'


def choices(interaction: str) -> str:
    inside = "".join(f'<simpleChoice identifier="{name}">{words}</simpleChoice>' for name, words in zip("ABC", ("Stop", "Run", "Call"), strict=True))
    return f'<{interaction} responseIdentifier="RESPONSE" shuffle="true" maxChoices="0">{inside}</{interaction}>'


def sets() -> str:
    both = (("L1", "Fire"), ("L2", "Cut")), (("R1", "Leave"), ("R2", "Press"), ("R3", "Wait"))
    inside = "".join("<simpleMatchSet>" + "".join(f'<simpleAssociableChoice identifier="{name}" matchMax="1">{words}</simpleAssociableChoice>' for name, words in side) + "</simpleMatchSet>" for side in both)
    return f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="2">{inside}</matchInteraction>'


def rule(condition: str, points: str) -> str:
    score = f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{points}</baseValue></setOutcomeValue>'
    return f"<responseCondition><responseIf>{condition}{score}</responseIf></responseCondition>"


TYPED = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
GIVEN = '<variable identifier="RESPONSE"/>'
NEAR = f'<equal toleranceMode="absolute" tolerance="0.5 0.5">{GIVEN}<baseValue baseType="float">2</baseValue></equal>'
BETWEEN = f'<and><gte>{GIVEN}<baseValue baseType="float">20</baseValue></gte><lte>{GIVEN}<baseValue baseType="float">25</baseValue></lte></and>'
WORDS = ("Modular", "Object", "Oriented", "Dynamic", "Learning", "Environment")
FOUR = ("Environment", "Object", "Oriented", "Dynamic", "Learning", "Modular")
ONE = ("Oriented", "Object", "Dynamic", "Learning", "Environment", "Modular")
ORDERED = "".join(answer(word, str(at)) for at, word in enumerate(WORDS, 1))
PLACES = "<gradingtype>{}</gradingtype>"
JUDGED = "Q {=best ~%50%weak ~harmful}"
SEVERAL = "Q {~%50%a ~%50%b ~%-100%c ~d}"
THIRDS = "Q {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d}"
PAIRS = "Q {=cat -> fish\n=dog -> bone\n=cow -> grass\n= -> stone}"

CASES = [
    *cases("gift", JUDGED, WEIGHTS, ("best", 1), ("weak", "1/2"), ("harmful", 0), ((), 0)),
    *cases("gift", "Q {=a ~%-50%b ~c}", NO_LOSS, ("a", 1), ("b", 0)),
    *cases("gift", SEVERAL, MULTI, (("a", "b"), 1), (("a",), "1/2"), (("a", "d"), "1/2"), (("a", "c"), 0), (("a", "b", "c"), 0), (("c",), 0)),
    *cases("gift", THIRDS, WEIGHTS, (("a", "b", "c"), 1), (("a", "b"), "2/3"), (("a", "b", "d"), "1/6")),
    *cases("gift", "Q {T}", GIFT, ("True", 1), ("False", 0)),
    *cases("gift", "Q {FALSE#no#yes}", GIFT, ("False", 1), ("True", 0)),
    *cases("gift", "Q {=Grant =%50%Ulysses}", SHORT, ("grant", 1), ("Ulysses", "1/2"), ("Lee", 0)),
    *cases("gift", "Q {=fire*door =%50%*door}", SHORT, ("Fire exit door", 1), ("the door", "1/2"), ("door!", 0)),
    *cases("gift", r"Q {=5 \* 3}", SHORT, ("5 * 3", 1), ("5 x 3", 0)),
    *cases("gift", "Water {~salt =fresh ~dry} drinks.", GIFT, ("fresh", 1), ("salt", 0)),
    *cases("gift", "Take {=two =2} exits.", GIFT, ("TWO", 1), ("٢", 1), ("three", 0)),
    *cases("gift", "Q {#3.1415:0.0005}", NUMBER, ("3.1415", 1), ("3,142", 1), ("3.141", 1), ("3.1421", 0)),
    *cases("gift", "Q {#1..5}", NUMBER, ("1", 1), ("5", 1), ("៥", 1), ("5.01", 0)),
    *cases("gift", "Q {#=1822:0 =%50%1822:2}", NUMBER, ("1822", 1), ("1824", "1/2"), ("1825", 0)),
    *cases("gift", PAIRS, MATCH, ({"cat": "fish", "dog": "bone", "cow": "grass"}, 1), ({"cat": "fish", "dog": "grass", "cow": "bone"}, "1/3"), ({"dog": "bone", "cow": "grass"}, "2/3"), ({"cat": "stone"}, 0)),
    *cases("gift", "// [tag:ordering]\nQ {=one =two =three =four}", ORDER, (("one", "two", "three", "four"), 1), (("one", "three", "two", "four"), "1/2"), (("four", "one", "two", "three"), 0)),
    *cases("gift", "// [tag:ordering] [tag:all-or-nothing]\nQ {=one =two =three}", ORDER_ALL, (("one", "two", "three"), 1), (("one", "three", "two"), 0)),
    *cases("gift", "// [tag:all-or-nothing]\n" + SEVERAL, CORRECT, (("a", "b"), 1), (("a",), 0), (("a", "b", "d"), 0)),
    *cases("moodle-xml", xml("multichoice", "<single>true</single>", answer("a", "100"), answer("b", "33.33333"), answer("c", "0")), MULTI, ("a", 1), ("b", "1/3"), ("c", 0)),
    *cases("moodle-xml", xml("multichoice", "<single>true</single>", answer("a", "100"), answer("b", "-25")), NO_LOSS, ("b", 0)),
    *cases("moodle-xml", xml("multichoice", "<single>false</single>", answer("a", "50"), answer("b", "50"), answer("c", "-25")), MULTI, (("a", "b"), 1), (("a", "c"), "1/4"), (("a", "b", "c"), "3/4"), (("c",), 0)),
    *cases("moodle-xml", xml("truefalse", answer("true", "0"), answer("false", "100")), "Moodle, question/type/truefalse/question.php", ("False", 1), ("True", 0)),
    *cases("moodle-xml", xml("shortanswer", "<usecase>0</usecase>", answer("exit*", "100"), answer("door", "50")), SHORT, ("Exits", 1), ("door", "1/2"), ("wall", 0)),
    *cases("moodle-xml", xml("numerical", answer("2", "100", "<tolerance>0.1</tolerance>"), answer("2", "50", "<tolerance>1</tolerance>")), NUMBER, ("2.1", 1), ("3", "1/2"), ("3.1", 0)),
    *cases("moodle-xml", xml("matching", pair("a", "1"), pair("b", "2"), pair("c", "3"), pair("", "4")), MATCH, ({"a": "1", "b": "2", "c": "3"}, 1), ({"a": "1", "b": "2", "c": "4"}, "2/3")),
    *cases("moodle-xml", xml("ordering", PLACES.format("ABSOLUTE_POSITION"), ORDERED), ORDER, (WORDS, 1), (FOUR, "2/3"), (ONE, "1/6"), (WORDS[::-1], 0)),
    *cases("moodle-xml", xml("ordering", ORDERED), ORDER, (FOUR, "2/3")),
    *cases("moodle-xml", xml("ordering", PLACES.format("ALL_OR_NOTHING"), ORDERED), ORDER_ALL, (WORDS, 1), (FOUR, 0)),
    *cases("qti21", item("single", "identifier", ["C"], choices("choiceInteraction"), template("match_correct")), CORRECT, ("Call", 1), ("Stop", 0)),
    *cases("qti21", item("single", "identifier", ["C"], choices("choiceInteraction"), template("match_correct"), mapping({"C": "1", "A": "0.5"})), CORRECT, ("Call", 1), ("Stop", 0)),
    *cases("qti21", item("single", "identifier", ["C"], choices("choiceInteraction"), template("map_response"), mapping({"C": "1", "A": "0.5"})), MAPPED, ("Call", 1), ("Stop", "1/2"), ("Run", 0)),
    *cases("qti21", item("multiple", "identifier", ["A", "C"], choices("choiceInteraction"), template("match_correct")), CORRECT, (("Stop", "Call"), 1), (("Stop",), 0), (("Stop", "Run", "Call"), 0)),
    *cases("qti21", item("multiple", "identifier", ["A", "C"], choices("choiceInteraction"), template("map_response"), mapping({"A": "1", "C": "1", "B": "-1"})), MAPPED, (("Stop", "Call"), 1), (("Stop",), "1/2"), (("Stop", "Run", "Call"), "1/2"), (("Run",), 0)),
    *cases("qti21", item("multiple", "identifier", ["A", "C"], choices("choiceInteraction"), template("map_response"), mapping({"A": "1", "B": "1", "C": "1"}, 'lowerBound="0" upperBound="2"')), MAPPED, (("Stop",), "1/2"), (("Stop", "Run"), 1), (("Stop", "Run", "Call"), 1)),
    *cases("qti21", item("ordered", "identifier", ["A", "C", "B"], choices("orderInteraction"), template("match_correct")), CORRECT, (("Stop", "Call", "Run"), 1), (("Stop", "Run", "Call"), 0)),
    *cases("qti21", item("multiple", "directedPair", ["L1 R1", "L2 R2"], sets(), template("map_response"), mapping({"L1 R1": "1", "L2 R2": "1"})), MAPPED, ({"Fire": "Leave", "Cut": "Press"}, 1), ({"Fire": "Leave", "Cut": "Wait"}, "1/2")),
    *cases("qti21", item("multiple", "directedPair", ["L1 R1", "L2 R2"], sets(), template("match_correct")), CORRECT, ({"Fire": "Leave", "Cut": "Press"}, 1), ({"Fire": "Leave", "Cut": "Wait"}, 0)),
    *cases("qti21", item("single", "string", ["Paris"], TYPED, template("map_response"), mapping({"Paris": "2", "Lyon": "1"}, 'lowerBound="0" upperBound="2"')), MAPPED, ("Paris", 1), ("Lyon", "1/2"), ("Rome", 0)),
    *cases("qti21", item("single", "string", ["Paris"], TYPED, template("match_correct")), CORRECT, ("Paris", 1), ("Rome", 0)),
    *cases("qti21", item("single", "float", ["2.5"], TYPED, template("match_correct")), CORRECT, ("2.5", 1), ("2.50", 1), ("2.6", 0)),
    *cases("qti21", item("single", "float", ["2"], TYPED, f"<responseProcessing>{rule(NEAR, '1')}</responseProcessing>"), EQUAL, ("2", 1), ("2.5", 1), ("1.5", 1), ("2.51", 0)),
    *cases("qti21", item("single", "float", ["22"], TYPED, f"<responseProcessing>{rule(BETWEEN, '1')}</responseProcessing>"), EQUAL, ("20", 1), ("25", 1), ("25.5", 0)),
]  # fmt: skip


def read(case: Case) -> Question:
    bank = FORMATS[case.format].read(case.bank.encode())
    assert not bank.errors, bank.errors
    [question] = bank.questions
    return question


def posted(page: Shown, given: Given) -> list[str]:
    """What the page sends when somebody answers so."""
    if page.kind in {"short", "numeric"}:
        return [str(given)]
    if page.things:
        order = list(given)
        return [str(order.index(thing.text) + 1) if thing.text in order else "" for thing in page.things]
    if page.lefts:
        chosen = given if isinstance(given, Mapping) else {}
        return [next((right.name for right in left.rights if right.text == chosen.get(left.text)), "") for left in page.lefts]
    wanted = [given] if isinstance(given, str) else list(given)
    texts = ["True", "False"] if page.kind == "true_false" else [option.text for option in page.options]
    assert {*wanted} <= {*texts}
    return [option.name for option, text in zip(page.options, texts, strict=True) if text in wanted]


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "qti21"])
def test_every_case_is_worth_what_its_format_says(app: Flask, name: str) -> None:
    """Each is asked in a quiz of its own format, answered on its page, handed in and graded."""
    rows = [case for case in CASES if case.format == name]
    room = quizzes.room(is_open=False)
    db.session.query(StoredQuestion).delete()
    publish_bank(room.unit_id, {"en": [replace(read(case), title=f"q{at}", id=None) for at, case in enumerate(rows)]})
    operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    attempt = operations.start(room.actor)
    sitting = queries.sitting(room.actor, attempt.id)
    for at, case in enumerate(rows, 1):
        asked = queries.asked(sitting, at)
        operations.answer(room.actor, attempt.id, asked.question_id, posted(shown(asked, sitting.seed, ["en"]), case.given), 0, "en")
    operations.submit(room.actor, attempt.id)
    graded = db.session.get_one(Attempt, attempt.id, populate_existing=True)
    assert graded.state is AttemptState.GRADED
    assert graded.max_score == len(rows)
    assert Fraction(graded.score or 0).limit_denominator(1000) == sum(case.points for case in rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.format}-{CASES.index(case)}")
def test_one_answer_at_a_time(case: Case) -> None:
    question = replace(read(case), title="q")
    stored = Stored(1, 1, "q", question.type, texts_of({"en": question}), None, 0)
    choice = choice_of(stored, 77, posted(shown(stored, 77, ["en"]), case.given))
    assert choice is not None
    frozen = graded_question(key_of({"en": question}))
    assert points(frozen, answer_from(frozen, choice)) == case.points, case.source
