"""From answers to needs, for any answers; and the forms that ship."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.diagnostics import LOCALES, diagnostic_problems
from app.improvement.diagnostics import shipped
from app.improvement.diagnostics.rules import Answer, Form, Question, is_complete, needs
from app.improvement.findings.shipped import catalogue

_FORM = Form("OS", "1", tuple(
    Question(name, points, {"en": name}) for name, points in (
        ("a", ("OS-01",)), ("b", ("OS-01", "OS-02")), ("c", ("OS-03",)))))
_ANSWERS = st.dictionaries(st.sampled_from(["a", "b", "c", "gone"]), st.sampled_from(Answer))


@given(_ANSWERS)
def test_a_point_is_needed_when_something_about_it_is_not_so(answers: dict[str, Answer]) -> None:
    found = {need.point: need for need in needs(_FORM, answers)}
    for point in ("OS-01", "OS-02", "OS-03"):
        said = {each.id: answers[each.id] for each in _FORM.questions if point in each.points and each.id in answers}
        bad = {name for name, answer in said.items() if answer is not Answer.YES}
        assert (point in found) is bool(bad)
        if bad:
            assert set(found[point].questions) == bad
            assert (found[point].answer is Answer.NO) is (Answer.NO in said.values())
    order = [need.answer for need in needs(_FORM, answers)]
    assert order == sorted(order, key=[Answer.NO, Answer.PARTLY].index)


@given(_ANSWERS)
def test_it_is_complete_with_every_answer_and_no_other(answers: dict[str, Answer]) -> None:
    assert is_complete(_FORM, answers) is (set(answers) == {"a", "b", "c"})


def test_every_theme_has_a_form_that_is_in_order() -> None:
    assert diagnostic_problems(shipped.FOLDER) == []
    assert set(shipped.forms()) == {theme.code for theme in catalogue().themes}
    for form in shipped.forms().values():
        assert all(set(LOCALES) <= set(question.texts) for question in form.questions)


@pytest.mark.parametrize(("before", "after", "message"), [
    ("theme: CL", "theme: OS", "the file is called CL"),
    ("[CL-03]", "[WT-01]", "WT-01 is no point of CL"),
    ("id: protocol", "id: age", "is there twice"),
    ("      vi: ", "      xx: ", "has no text in vi"),
    ("      vi: ", "      xx: ", "xx is none of the languages"),
    ("version: \"1\"", "version: 1", "version"),
    ("source:", "sauce:", "sauce"),
])
def test_what_is_wrong_in_a_form_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    for file in shipped.FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    text = (tmp_path / "CL.yaml").read_text("utf-8").replace(before, after)
    (tmp_path / "CL.yaml").write_text(text, "utf-8")
    found = diagnostic_problems(tmp_path)
    assert any(message in str(problem) and "CL.yaml" in problem.file for problem in found), found


def test_a_theme_without_a_form_and_a_stranger_are_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("?")
    found = [str(problem) for problem in diagnostic_problems(tmp_path)]
    assert any("does not belong" in each for each in found) and sum("has no form" in each for each in found) == 8
