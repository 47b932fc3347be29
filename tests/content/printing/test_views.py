"""Printing from the page of a course."""

import io

import pypdf
import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import CourseVersion
from tests.browse import Browse
from tests.make import accounts, content, courses, factories


@pytest.fixture
def trainer(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    made = courses.version("lines", forms=[{"id": "evaluation", "titles": {"en": "What did you think?"}}])
    made.languages = {"en": None, "km": None, "ar": None}
    content.attach(made)
    return made


def address(paper: str) -> str:
    return f"/courses/lines/versions/1/papers/{paper}"


def test_a_trainer_prints_every_paper_from_the_page_of_the_course(version: CourseVersion, trainer: Browse) -> None:
    page = trainer.get("/courses/lines")
    buttons = [button.get("formaction") for button in page.all("button") if button.get("formaction")]
    assert buttons == [address(paper) for paper in ("sheet", "guide", "handouts", "forms/evaluation")]
    for button in buttons:
        for language in ("en", "km", "ar"):
            answer = trainer.client.get(f"{button}?language={language}")
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].startswith("inline; filename=")
            assert pypdf.PdfReader(io.BytesIO(answer.data)).trailer["/Root"]["/Lang"] == language


def test_a_learner_gets_the_sheet_but_not_the_trainers_guide(version: CourseVersion, browse: Browse) -> None:
    learner = browse.as_person(factories.person(factories.factory()).id)
    assert learner.client.get(address("sheet")).status_code == 200
    assert learner.client.get(address("guide")).status_code == 404
    assert learner.client.get(address("forms/guide")).status_code == 404
    assert address("guide") not in learner.get("/courses/lines").response.text


@pytest.mark.parametrize("paper", ["forms/nothing", "sheet?language=vi", "sheet?language=../x", "sheet?language=xx"])
def test_what_is_not_there_is_not_found(version: CourseVersion, trainer: Browse, paper: str) -> None:
    assert trainer.client.get(address(paper)).status_code == 404
    assert trainer.client.get("/courses/lines/versions/9/papers/sheet").status_code == 404


def test_a_version_without_files_offers_nothing(trainer: Browse) -> None:
    courses.version("old")
    assert "papers" not in trainer.get("/courses/old").response.text
    assert trainer.client.get("/courses/old/versions/1/papers/sheet").status_code == 404


def test_a_sign_that_no_font_has_is_named(trainer: Browse) -> None:
    made = courses.version("lines")
    content.attach(made, guide="# How\n\n## A\n\nSign \U00013000.\n")
    answer = trainer.get(address("guide"))
    assert answer.status == 409
    assert "\U00013000" in answer.text
