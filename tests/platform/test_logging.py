"""Logs are JSON lines that say what happened and to whom it did not."""

import json
import logging
from collections.abc import Iterator
from typing import NoReturn

import pytest
import sqlalchemy as sa
from flask import Flask

from app.platform.db import db
from app.platform.web import PUBLIC, Blueprint
from app.platform.web import logging as logs
from tests.browse import OWN_SITE


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    yield
    logs.configure(logging.ERROR)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_one_line_without_personal_data(own_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    client = own_app.test_client()
    client.post("/sign-in?next=/secret-place", data={"email": "sok.dara@seamwise.example", "password": "pass word"}, headers=OWN_SITE)
    [line] = [line for line in _lines(capsys) if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("POST", "/sign-in", 422)
    assert line["request"]
    assert not any(word in json.dumps(line) for word in ("sok.dara", "pass word", "secret-place"))


def test_a_failure_names_the_route_and_nobody(own_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(token: str) -> NoReturn:
        db.session.execute(sa.text("INSERT INTO no_such_table VALUES (:name)"), {"name": token})
        raise AssertionError

    blueprint = Blueprint("probe", __name__)
    blueprint.get("/probe/<token>", may=PUBLIC)(fail)
    own_app.register_blueprint(blueprint)
    logs.configure()
    assert own_app.test_client().get("/probe/sok-dara").status_code == 500
    [line] = [line for line in _lines(capsys) if line["event"] == "request.failed"]
    assert line["route"] == "/probe/<token>"
    assert "no_such_table" in str(line)
    assert "sok-dara" not in str(line)


def test_forged_lines_stay_within_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logging.getLogger("tests").warning("name\n2026 admin signed in \x1b[31m")
    [line] = _lines(capsys)
    assert line["event"] == "name\n2026 admin signed in \x1b[31m"
