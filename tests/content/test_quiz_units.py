"""What course.yaml says of a quiz beyond its questions: rules, the bank of another quiz, blueprints, pictures."""

from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.content.authoring.facts_yaml import facts_text
from app.content.check import check, checked
from app.content.publish import publish
from app.content.question_media import question_media
from app.content.read import Course
from app.content.schema import CourseFacts
from app.courses.models import Unit
from app.platform.db import db
from app.quizzes.frozen import Drawn
from app.quizzes.models import Question
from app.quizzes.queries.banks import bank_of
from app.quizzes.rules import Counts, QuizPolicy, Release, WhenLate
from tests.content.test_check import QUIZ, SVG, YAML, make, png, problems, replace, write

TEST = '  - {id: "test", kind: quiz, minutes: 20, titles: {en: "Test", km: "តេស្ត"}}'
RULES = "{when_late: grace, grace_minutes: 30, attempts: any, counts: average, limit_minutes: 40, wait_minutes: 0, release: never, mixed_questions: true, mixed_options: false, forms: 1}"


def with_unit(folder: Path, unit: str, more: str = "") -> Path:
    """The course with another description of its quiz, and more units after it."""
    course = make(folder)
    replace("course.yaml", TEST, f"{unit}\n{more}".rstrip())(course)
    return course


def with_rules(folder: Path, rules: str) -> Path:
    return with_unit(folder, TEST[:-1] + f", rules: {rules}}}")


def policy_of(course: Path) -> QuizPolicy:
    publish(SYSTEM, course)
    return bank_of(db.session.query(Unit).filter_by(code="test").one().id).policy


def test_all_rules_reach_the_quiz(app: Flask, tmp_path: Path) -> None:
    course = with_rules(tmp_path, RULES)
    assert not problems(course)
    assert policy_of(course) == QuizPolicy(
        when_late=WhenLate.GRACE, grace_minutes=30, attempts=None, counts=Counts.AVERAGE, limit_minutes=40,
        release=Release.NEVER, mixed_questions=True, mixed_options=False,
    )  # fmt: skip
    stored = db.session.query(Unit).filter_by(code="test").one().rules
    assert stored
    assert "wait_minutes" not in stored, "what is as usual is not stored"


def test_without_rules_everything_is_as_usual(app: Flask, tmp_path: Path) -> None:
    assert policy_of(with_rules(tmp_path, "{attempts: 3, counts: best}")) == QuizPolicy()
    assert db.session.query(Unit).filter_by(code="test").one().rules is None


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("{attempts: 0}", "units.2.rules.attempts"),
        ("{attempts: all}", "units.2.rules.attempts"),
        ("{counts: worst}", "units.2.rules.counts: Input should be 'best', 'last', 'first' or 'average'"),
        ("{when_late: never}", "units.2.rules.when_late: Input should be 'submit', 'grace' or 'abandon'"),
        ("{limit_minutes: 0}", "units.2.rules.limit_minutes: Input should be greater than or equal to 1"),
        ("{forms: 9}", "units.2.rules.forms: Input should be less than or equal to 6"),
        ("{release: soon}", "units.2.rules.release: Input should be 'at_once', 'after_closing' or 'never'"),
        ("{grace_minutes: 5}", "units.2.rules: Value error, grace_minutes goes with when_late: grace, and only with it"),
        ("{attempts: 1, counts: last}", "units.2.rules: Value error, counts and wait_minutes mean something where"),
        ("{practice: 1}", "units.2.rules.practice: Input should be a valid boolean"),
        ("{speed: 3}", "units.2.rules.speed: Extra inputs are not permitted"),
        ("{practice: true}", "pass_rule: test is practice, which never counts"),
        ("{forms: 2}", "unit test: forms go with a phase, so that nobody meets the same form before and after"),
    ],
)
def test_rules_that_cannot_be_are_said_at_their_line(tmp_path: Path, rules: str, said: str) -> None:
    found = problems(with_rules(tmp_path, rules))
    line = YAML.splitlines().index(TEST) + 1 if not said.startswith("pass_rule") else 16
    assert found
    assert found[0].startswith(f"course.yaml:{line}: {said}")


def test_only_a_quiz_has_rules_and_a_bank(tmp_path: Path) -> None:
    course = make(tmp_path)
    replace("course.yaml", 'kind: lesson, minutes: 60,', 'kind: lesson, minutes: 60, rules: {attempts: 2}, bank: test,')(course)
    assert [each.partition(": ")[2] for each in problems(course)][:2] == ["unit 01-exits: only a quiz has bank", "unit 01-exits: only a quiz has rules"]


PRE = '  - {id: "pre", kind: quiz, minutes: 20, phase: pre, titles: {en: "Before", km: "មុន"}, bank: "test"}'


def test_two_quizzes_ask_the_questions_of_one_bank(app: Flask, tmp_path: Path) -> None:
    course = with_unit(tmp_path, TEST[:-1] + ", phase: post, rules: {forms: 2}}", PRE[:-1] + ", rules: {forms: 2}}")
    for number in (1, 2):
        replace("en/test.gift", f"::f{number}::", f"// [tag:form-{number}]\n::f{number}::")(course)
    assert not problems(course)
    publish(SYSTEM, course)
    units = {unit.code: unit for unit in db.session.query(Unit)}
    for code in ("pre", "test"):
        asked = db.session.query(Question).filter_by(unit_id=units[code].id).order_by(Question.position).all()
        assert [(each.code, each.form) for each in asked] == [("f1", 0), ("f2", 1)]
        assert set(asked[0].texts) == {"en", "km"}
    before, after = (bank_of(units[code].id).draw(1, 5, seed=3) for code in ("pre", "test"))
    assert {before["form"], after["form"]} == {0, 1}


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (PRE.replace('"test"', '"01-exits"'), "unit pre: bank 01-exits is not a quiz of this course"),
        (PRE.replace('"test"', '"nowhere"'), "unit pre: bank nowhere is not a quiz of this course"),
        (PRE.replace('"test"', '"pre"'), "unit pre: pre asks the questions of pre; name that one"),
    ],
)
def test_a_bank_that_is_none(tmp_path: Path, unit: str, said: str) -> None:
    course = with_unit(tmp_path, TEST, unit)
    assert [each.partition(": ")[2] for each in problems(course)] == [said]


def test_a_quiz_that_asks_other_questions_has_none_of_its_own(tmp_path: Path) -> None:
    course = with_unit(tmp_path, TEST, PRE)
    write("en/pre.gift", QUIZ)(course)
    assert "unit pre: it asks the questions of test, so it has no file en/pre.gift" in "\n".join(problems(course))


def blueprint(folder: Path, wanted: str, rules: str = "", tags: tuple[str, str] = ("exits", "alarm")) -> list[str]:
    more = f", phase: post, rules: {rules}" if rules else ""
    course = with_unit(folder, TEST[:-1] + f", blueprint: {wanted}{more}}}")
    for title, tag in zip(("f1", "f2"), tags, strict=True):
        marks = "".join(f"[tag:{each}]" for each in tag.split())
        replace("en/test.gift", f"::{title}::", f"// {marks}\n::{title}::")(course)
    return [each.partition(": ")[2] for each in problems(course)]


def test_a_blueprint_may_ask_for_fewer_questions_than_there_are_but_never_for_more(tmp_path: Path) -> None:
    assert blueprint(tmp_path / "a", "{exits: 1, alarm: 1}") == []
    assert blueprint(tmp_path / "b", "{exits: 1}", tags=("exits", "exits")) == []
    assert blueprint(tmp_path / "c", "{exits: 2, alarm: 1}") == ["the blueprint of test asks for 2 questions on exits, here are 1"]
    assert blueprint(tmp_path / "d", "{exits: 1}") == ["the question is tagged with no part of the blueprint, not with one"]


def test_every_form_has_what_the_blueprint_asks_for(tmp_path: Path) -> None:
    two = "{forms: 2}"
    assert blueprint(tmp_path / "a", "{exits: 1}", two, ("exits form-1", "exits form-2")) == []
    assert blueprint(tmp_path / "b", "{exits: 1, alarm: 1}", two, ("exits form-1", "alarm form-2")) == [
        "the blueprint of test asks for 1 questions on alarm in form 1, here are 0",
        "the blueprint of test asks for 1 questions on exits in form 2, here are 0",
    ]
    assert blueprint(tmp_path / "c", "{exits: 1}", "", ("exits form-1", "exits form-2")) == [
        "the question is tagged form-2, and the rules of test say forms: 1"
    ]


def pictured(folder: Path, *files: str, marks: str = "[alt:A door]", data: str | bytes = SVG) -> Path:
    course = make(folder)
    for locale in ("en", "km"):
        replace(f"{locale}/test.gift", "::f1::", f"// {marks}\n::f1::" if marks else "::f1::")(course)
    for file in files:
        write(f"media/{file}", data)(course)
    return course


def test_pictures_are_found_by_their_names_with_their_size(tmp_path: Path) -> None:
    course = pictured(tmp_path, "test.f1.svg", "test.f1-2.svg", "test.f1-2.km.svg")
    write("media/test.f1-3.png", png(40, 30))(course)
    assert not problems(course)
    (read,), _ = checked(course)
    assert isinstance(read, Course)
    of = {quiz.locale: question_media(read, quiz)["f1"].pictures for quiz in read.quizzes}
    assert of["en"] == {0: Drawn("test.f1.svg", 9, 9), 2: Drawn("test.f1-2.svg", 9, 9), 3: Drawn("test.f1-3.png", 40, 30)}
    assert of["km"][2] == Drawn("test.f1-2.km.svg", 9, 9)


@pytest.mark.parametrize(
    ("files", "marks", "said"),
    [
        (["test.f9.svg"], "", "no question or option has this name"),
        (["test.f1.svg"], "", "the question has a picture; say before it in [alt:...] what it shows"),
        ([], "[alt:A door]", "[alt:...] says what a picture shows, but the question has none"),
        ([], "[tag:hot-spot]", "a question tagged hot-spot has a picture with numbered areas"),
        (["test.f1.svg"], "[alt:A] [tag:hot-spot]", "each option of a question tagged hot-spot begins with the number"),
    ],
)
def test_pictures_that_say_too_little(tmp_path: Path, files: list[str], marks: str, said: str) -> None:
    assert any(each.partition(": ")[2].startswith(said) for each in problems(pictured(tmp_path, *files, marks=marks)))


def test_a_picture_says_how_large_it_is_and_stays_in_its_quiz(tmp_path: Path) -> None:
    course = pictured(tmp_path, "test.f1.svg", data=SVG.replace(' viewBox="0 0 9 9"', ""))
    assert problems(course) == ["media/test.f1.svg:1: the picture does not say how large it is; give <svg> a viewBox"]
    course = pictured(tmp_path / "b", "test.f1.svg")
    replace("en/01-exits.md", "media/exit.svg", "media/test.f1.svg")(course)
    assert problems(course) == ["en/01-exits.md:7: the picture media/test.f1.svg is that of a question, and shown in the quiz alone"]


def test_the_areas_are_the_same_in_every_language(tmp_path: Path) -> None:
    course = pictured(tmp_path, "test.f1.svg", marks="[alt:A] [tag:hot-spot]")
    replace("en/test.gift", "=Leave # Go low.\n~%50%Call\n~Look", "=1 Leave # Go low.\n~%50%2 Call\n~3 Look")(course)
    replace("km/test.gift", "=ចេញ\n~%50%ហៅ\n~មើល", "=១ ចេញ\n~%50%២ ហៅ\n~៤ មើល")(course)
    assert [each.partition(": ")[2] for each in problems(course)] == ["the options name other areas than those in the source language"]
    replace("km/test.gift", "៤", "៣")(course)
    assert not problems(course)


def test_rules_and_bank_come_back_from_the_text_of_the_facts(tmp_path: Path) -> None:
    course = with_unit(tmp_path, TEST[:-1] + f", rules: {RULES}}}", PRE)
    (read,), found = checked(course)
    assert isinstance(read, Course)
    assert not [each for each in found if each.severity == "error"]
    (course / "course.yaml").write_text(facts_text(read.facts), "utf-8")
    (again,), _ = checked(course)
    assert isinstance(again, Course)
    assert again.facts == read.facts
    assert check(course.parent) == check(course.parent)


def test_what_a_quiz_does_not_say_is_no_part_of_its_facts(tmp_path: Path) -> None:
    (read,), _ = checked(make(tmp_path))
    assert isinstance(read, Course)
    assert isinstance(read.facts, CourseFacts)
    assert set(read.facts.model_dump(mode="json")["units"][2]) == {
        "id", "kind", "minutes", "titles", "objectives", "phase", "months_after", "blueprint",
    }  # fmt: skip
