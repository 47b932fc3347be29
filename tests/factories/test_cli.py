"""`flask roster` as a shell sees it."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.boot import create_app
from app.factories.models import Employment, Person, RosterImport
from app.platform.db import db, transaction
from app.platform.db.migrate import upgrade
from tests.conftest import settings_for
from tests.factories.samples import ROLE_MAP_FILE, ROSTERS, expected, roster
from tests.make import factories

pytestmark = pytest.mark.slow


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["roster", *arguments])


@pytest.fixture
def no_database(tmp_path: Path) -> Flask:
    return create_app(settings_for("postgresql+psycopg://nobody@localhost:1/nothing", tmp_path))


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.name)
def test_check_needs_no_database(no_database: Flask, path: Path, tmp_path: Path) -> None:
    told = dict(expected(path))
    told["problems"] = [{name: value for name, value in each.items() if name != "or"} for each in told["problems"]]
    choices = tmp_path / "choices.json"
    choices.write_text(json.dumps({name: told[name] for name in CHOSEN if name in told}))
    against = ("--against", str(path.with_name(told["compared_with"]))) if "compared_with" in told else ()
    done = run(no_database, "check", str(path), "--choices", str(choices), "--role-map", str(ROLE_MAP_FILE), "--json", *against)
    answer = json.loads(done.stdout)
    for name in ("outcome", "reason", "rows", "problems", "skipped", "changes", "missing"):
        assert answer.get(name) == told.get(name, answer.get(name) if name == "skipped" else None), name
    assert done.exit_code == (2 if told["outcome"] == "refused" else 3 if told["problems"] else 0)


CHOSEN = ("country", "import_date", "sheet", "header_row", "columns", "calendar", "line_from", "sex_words")


def test_check_speaks_plainly(no_database: Flask, tmp_path: Path) -> None:
    done = run(no_database, "check", str(roster("broken-encrypted")))
    assert (done.exit_code, "The file has a password." in done.stdout) == (2, True)
    clean = tmp_path / "clean.csv"
    clean.write_text("Employee No,Name,Sex\n1,Rina Begum,F\n")
    done = run(no_database, "check", str(clean))
    assert (done.exit_code, "accepted 1" in done.stdout) == (0, True)
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert run(no_database, "check", str(clean), "--choices", str(broken)).exit_code == 2
    broken.write_text('{"columns": 7}')
    assert run(no_database, "check", str(clean), "--choices", str(broken)).exit_code == 2


def with_factory(app: Flask) -> None:
    with app.app_context():
        upgrade(db.engine)
        with transaction():
            programme = factories.programme("KH", country="KH", zone="Asia/Phnom_Penh")
            factories.factory("GOLDEN", programme_id=programme.id)


def numbers(app: Flask, *models: Any) -> list[int]:
    with app.app_context():
        return [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in models]


def test_import(own_app: Flask) -> None:
    with_factory(own_app)
    may, june = str(roster("kh-golden-needle-2026-05")), str(roster("kh-golden-needle-2026-06"))
    dry = run(own_app, "import", may, "--factory", "GOLDEN", "--dry-run", "--json")
    assert dry.exit_code == 3 and json.loads(dry.stdout)["changes"]["counts"]["joined"] == 618
    assert numbers(own_app, Person, Employment, RosterImport) == [0, 0, 0], "a dry run changes nothing"
    done = json.loads(run(own_app, "import", may, "--factory", "GOLDEN", "--json").stdout)
    assert (done["outcome"], done["applied"]["joined"]) == ("accepted", 618)
    again = json.loads(run(own_app, "import", may, "--factory", "GOLDEN", "--json").stdout)
    assert not any(again["applied"].values())
    assert numbers(own_app, Person, Employment) == [618, 618]
    second = json.loads(run(own_app, "import", june, "--factory", "GOLDEN", "--json").stdout)
    assert second["applied"]["left"] == 0, "who is missing goes on"
    third = json.loads(run(own_app, "import", june, "--factory", "GOLDEN", "--leavers", "--json").stdout)
    assert third["applied"]["left"] == len(expected(roster("kh-golden-needle-2026-06"))["changes"]["left"]) + 1


def test_refused_import_changes_nothing(own_app: Flask) -> None:
    with_factory(own_app)
    done = run(own_app, "import", str(roster("broken-truncated")), "--factory", "GOLDEN", "--json")
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "file_damaged")
    done = run(own_app, "import", str(roster("kh-golden-needle-2026-05")), "--factory", "NOBODY", "--json")
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "unknown_factory")
    assert "NOBODY" in done.stderr
    assert numbers(own_app, Person, RosterImport) == [0, 0]
