"""Every sample report gives its expected result, through the command as a shell sees it and without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.boot import create_app
from tests.attendance.reports.sample_files import EXPECTED, arguments, expected, needs_samples
from tests.conftest import settings_for

pytestmark = needs_samples


@pytest.fixture(scope="module")
def no_database(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for("postgresql+psycopg://nobody@localhost:1/nothing", tmp_path_factory.mktemp("data")))


def run(app: Flask, typed: list[str]) -> tuple[int, dict[str, Any]]:
    done = app.test_cli_runner().invoke(args=["attendance", "check-report", *typed])
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.partition(".")[0])
@pytest.mark.parametrize("order", [True, False], ids=["order-told", "order-proposed"])
def test_expected_result(no_database: Flask, path: Path, order: bool) -> None:
    wanted = expected(path)
    code, told = run(no_database, arguments(wanted, order=order))
    assert code == 0 and told["problems"] == []
    for name in ("kind", "files", "provider", "format", "input", "meeting", "counts", "people"):
        assert told[name] == wanted[name], name
    in_order = [sorted(each["participants"], key=lambda one: one["display_name"]) for each in (told, wanted)]
    for mine, theirs in zip(*in_order, strict=True):
        assert mine == theirs
