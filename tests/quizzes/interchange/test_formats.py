"""Files of other programs: what is read, and what is reported with its line."""

import pytest

from app.quizzes.gift import Bank, Choice, Matching, Numeric, Ordering, Short, TrueFalse
from app.quizzes.interchange import FORMATS, guess


def faults(bank: Bank) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.code, fault.detail) for fault in sorted((*bank.errors, *bank.warnings))]


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Fire/Exits</text></category></question>
<question type="multichoice">
  <name><text>Exit</text></name>
  <questiontext format="html"><text><![CDATA[<p>Where? <img src="@@PLUGINFILE@@/a.png"></p>]]></text>
    <file name="a.png" path="/" encoding="base64">iVBORw0KGgo=</file></questiontext>
  <generalfeedback format="html"><text>Look up.</text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>
  <idnumber>x-1</idnumber><single>false</single><shuffleanswers>0</shuffleanswers><answernumbering>abc</answernumbering>
  <answer fraction="50" format="html"><text>Left</text><feedback format="html"><text>Yes</text></feedback></answer>
  <answer fraction="50" format="plain_text"><text>Right</text></answer>
  <answer fraction="-33.33333" format="html"><text>Lift</text></answer>
  <hint format="html"><text>Think.</text></hint>
  <tags><tag><text>pre</text></tag></tags>
</question>
</quiz>
"""


def test_a_question_of_moodle_is_read_and_what_has_no_place_is_named() -> None:
    bank = FORMATS["moodle-xml"].read(MOODLE.encode())
    assert bank.errors == ()
    (question,) = bank.questions
    assert isinstance(question, Choice)
    assert (question.type, question.title, question.category) == ("multiple", "Exit", "Fire/Exits")
    assert (question.id, question.tags, question.format.value) == ("x-1", ("pre",), "html")
    assert [f"{option.fraction:f}" for option in question.options] == ["50", "50", "-33.33333"]
    assert question.general_feedback is not None
    assert question.options[1].words.format is not None
    assert faults(bank) == [
        (7, "unsupported_part", "picture a.png"),
        (9, "unsupported_part", "defaultgrade 2"),
        (10, "unsupported_part", "shuffleanswers 0"),
        (14, "unsupported_part", "hint Think."),
    ]


@pytest.mark.parametrize("kind", ["cloze", "calculated", "ddwtos", "gapselect", "ddimageortext", "randomsamatch", ""])
def test_questions_of_moodle_that_do_not_exist_here_refuse_the_bank_with_their_line(kind: str) -> None:
    bank = FORMATS["moodle-xml"].read(f'<quiz>\n\n<question type="{kind}"/></quiz>'.encode())
    assert faults(bank) == [(3, "unsupported_type", kind)]
    assert not bank.is_accepted


def item(body: str, *, declared: str = "", after: str = "", version: int = 2) -> bytes:
    text = f'<assessmentItem identifier="i-1" title="T">\n{declared}\n<itemBody>\n{body}\n</itemBody>\n{after}</assessmentItem>'
    if version == 3:
        for name in ("assessmentItem", "itemBody", "responseDeclaration", "correctResponse", "choiceInteraction", "simpleChoice", "prompt", "value"):
            hyphens = "".join(f"-{each.lower()}" if each.isupper() else each for each in name)
            text = text.replace(f"<{name}", f"<qti-{hyphens}").replace(f"</{name}", f"</qti-{hyphens}")
        for name in ("responseIdentifier", "maxChoices", "baseType"):
            text = text.replace(name, "".join(f"-{each.lower()}" if each.isupper() else each for each in name))
    return text.encode()


def declared(cardinality: str, kind: str, *right: str, more: str = "") -> str:
    values = "".join(f"<value>{each}</value>" for each in right)
    return f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{kind}"><correctResponse>{values}</correctResponse>{more}</responseDeclaration>'


CHOICES = '<simpleChoice identifier="A">Stop</simpleChoice><simpleChoice identifier="B">Run</simpleChoice><simpleChoice identifier="C">Call</simpleChoice>'


@pytest.mark.parametrize("version", [2, 3])
def test_choices_of_both_versions_are_read(version: int) -> None:
    body = f'<p>Fire!</p>\n<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>What first?</prompt>{CHOICES}</choiceInteraction>'
    data = item(body, declared=declared("single", "identifier", "C"), version=version)
    bank = FORMATS[name := "qti3" if version == 3 else "qti21"].read(data)
    assert guess("x.xml", data) == name
    assert faults(bank) == []
    (question,) = bank.questions
    assert isinstance(question, Choice)
    assert (question.type, question.title, question.id) == ("single", "T", "i-1")
    assert "Fire!" in question.text
    assert "What first?" in question.text
    assert [int(option.fraction) for option in question.options] == [0, 0, 100]


def sides(names: str) -> str:
    return "".join(f'<simpleAssociableChoice identifier="{name}" matchMax="1">{name}</simpleAssociableChoice>' for name in names)


def test_several_order_match_text_and_number_are_read() -> None:
    read = FORMATS["qti21"].read
    several = item(f'<p>Q</p><choiceInteraction responseIdentifier="R">{CHOICES}</choiceInteraction>', declared=declared("multiple", "identifier", "A", "C", more='<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="C" mappedValue="1"/><mapEntry mapKey="B" mappedValue="-1"/></mapping>'))
    (question,) = read(several).questions
    assert isinstance(question, Choice)
    assert [int(option.fraction) for option in question.options] == [50, -50, 50]
    order = item(f'<p>Q</p><orderInteraction responseIdentifier="R">{CHOICES}</orderInteraction>', declared=declared("ordered", "identifier", "A", "C", "B"))
    (question,) = read(order).questions
    assert isinstance(question, Ordering)
    assert [each.text for each in question.items] == ["Stop", "Call", "Run"]
    sets = "".join(f"<simpleMatchSet>{sides(names)}</simpleMatchSet>" for names in ("AB", "XYZ"))
    match = item(f'<p>Q</p><matchInteraction responseIdentifier="R">{sets}</matchInteraction>', declared=declared("multiple", "directedPair", "A Y", "B X"))
    (question,) = read(match).questions
    assert isinstance(question, Matching)
    assert ([(left.text, right) for left, right in question.pairs], question.distractors) == ([("A", "Y"), ("B", "X")], ("Z",))
    gap = '<p>An exit is <textEntryInteraction responseIdentifier="R"/> locked.</p>'
    (question,) = read(item(gap, declared=declared("single", "string", "never"))).questions
    assert isinstance(question, Short)
    assert (question.text, question.missing_word) == ("An exit is _____ locked.", True)
    (question,) = read(item(gap, declared=declared("single", "float", "2.5"))).questions
    assert isinstance(question, Numeric)
    assert question.numbers[0].low == question.numbers[0].high
    truth = '<p>Q</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="true">True</simpleChoice><simpleChoice identifier="false">False</simpleChoice></choiceInteraction>'
    (question,) = read(item(truth, declared=declared("single", "identifier", "false"))).questions
    assert isinstance(question, TrueFalse)
    assert question.correct is False


@pytest.mark.parametrize(
    ("body", "after", "expected"),
    [
        ('<p>Q</p>\n<inlineChoiceInteraction responseIdentifier="R"/>', "", [(5, "unsupported_type", "inline-choice-interaction")]),
        ('<p>Q</p>\n<hotspotInteraction responseIdentifier="R"/>', "", [(5, "unsupported_type", "hotspot-interaction")]),
        ('<p>Q <textEntryInteraction responseIdentifier="R"/></p>\n<p><textEntryInteraction responseIdentifier="S"/></p>', "", [(5, "unsupported_type", "several answers in one item")]),
        ('<p>Q</p>\n<div><object data="a.mp4"/></div>', "", [(5, "unsupported_part", "object a.mp4")]),
        ('<p>Q</p>\n<rubricBlock view="scorer"><p>Hm</p></rubricBlock>', "", [(5, "unsupported_part", "rubric-block")]),
        ("<p>Q</p>", "<templateDeclaration/>", [(6, "unsupported_part", "template-declaration")]),
        ("<p>Q</p>", '<modalFeedback outcomeIdentifier="F" identifier="X">Hm</modalFeedback>', [(6, "unsupported_part", "modal-feedback X")]),
        ('<p>Q</p><extendedTextInteraction responseIdentifier="R"/>', '<modalFeedback outcomeIdentifier="F" identifier="X">Hm</modalFeedback>', [(6, "unsupported_part", "modal-feedback X")]),
        (f'<p>Q</p>\n<choiceInteraction responseIdentifier="R">{CHOICES}</choiceInteraction>', "", [(1, "no_right_answer", "")]),
        ("", "", [(1, "empty_question", "")]),
    ],
)  # fmt: skip
def test_parts_of_items_that_do_not_exist_here_are_named_with_their_line(body: str, after: str, expected: list[tuple[int, str, str]]) -> None:
    assert faults(FORMATS["qti21"].read(item(body, after=after))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q\nA. a\nB) b\nANSWER: B\n\nQ2\nA) x\nB) y\nANSWER: A", []),
        ("Q\nA. a\nB. b\n", [(1, "aiken_answer_missing", "Q")]),
        ("Q\nA. a\nANSWER: A", [(1, "aiken_too_few_options", "")]),
        ("Q\nA. a\nC. b\nANSWER: A", [(3, "aiken_option_order", "C")]),
        ("Q\nA. a\nB. b\nANSWER: C", [(4, "aiken_answer_unknown", "C")]),
        ("Q\nA. a\nB. b\nANSWER: AB", [(4, "aiken_answer_unknown", "AB")]),
        ("A. a\nB. b\n", [(1, "aiken_text_expected", "A. a"), (2, "aiken_text_expected", "B. b")]),
        ("Q\nmore\nA. a\nB. b\nANSWER: A", [(2, "aiken_option_expected", "more")]),
        ("Q\nA.\nB. b\nANSWER: B", [(2, "empty_answer", "")]),
    ],
)
def test_aiken_is_read_or_every_fault_has_its_line(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert faults(FORMATS["aiken"].read(text.encode())) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"Q\nA. a\nB. b\nANSWER: A\n", "aiken"),
        ("a.txt", b"Q {=a ~b}", "gift"),
        ("a.gift", b"PK {T}", "gift"),
        ("a.dat", MOODLE.encode(), "moodle-xml"),
        ("a.dat", MOODLE.replace('"UTF-8"', '"UTF-16"').encode("utf-16"), "moodle-xml"),
        ("a.dat", item("<p>Q</p>"), "qti21"),
        ("a.dat", item("<p>Q</p>", version=3), "qti3"),
        ("a.dat", b"Q {=a ~b}", None),
    ],
)
def test_the_format_is_told_from_content_and_name(name: str, data: bytes, expected: str | None) -> None:
    assert guess(name, data) == expected


def test_points_by_a_rule_of_the_item_are_named() -> None:
    rule = '<responseProcessing><responseCondition>\n<responseIf><match><variable identifier="R"/><baseValue baseType="identifier">B</baseValue></match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0.5</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>'
    body = f'<p>Q</p><choiceInteraction responseIdentifier="R">{CHOICES}</choiceInteraction>'
    bank = FORMATS["qti21"].read(item(body, declared=declared("single", "identifier", "A"), after=rule))
    assert faults(bank) == [(7, "unsupported_part", "points by a rule of its own")]
