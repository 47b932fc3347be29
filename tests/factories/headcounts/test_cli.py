"""`flask headcounts import` as a shell sees it."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.factories.headcounts.models import Headcount, HeadcountImport
from app.platform.db import db, transaction
from tests.factories.headcounts.test_samples import EXPECTED, FOLDER
from tests.make import factories

pytestmark = pytest.mark.slow
LONG = "factory,as_of,source,role,sex,people,lines\n"


def _run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["headcounts", "import", *arguments, "--factory", "GOLDEN", "--json"])


def _counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        return db.session.query(Headcount).count(), db.session.query(HeadcountImport).count()


@pytest.fixture
def factory(own_app: Flask) -> Flask:
    with own_app.app_context(), transaction():
        factories.factory("GOLDEN", name="Golden Needle Garment Co., Ltd.")
    return own_app


def test_import(factory: Flask, tmp_path: Path) -> None:
    file = tmp_path / "heads.csv"
    file.write_text(LONG + "A,2026-01-31,declared,operator,F,30,3\nA,2026-02-28,declared,operator,F,31,3")
    dry = _run(factory, str(file), "--dry-run")
    assert dry.exit_code == 0 and json.loads(dry.stdout)["changes"]["new"] == 2
    assert _counts(factory) == (0, 0), "a dry run changes nothing"
    done = _run(factory, str(file))
    told = json.loads(done.stdout)
    assert (done.exit_code, told["outcome"], told["applied"], told["factory_code"]) == (
        0, "accepted", {"new": 2, "correction": 0, "kept": 0, "known": 0}, "GOLDEN")
    assert json.loads(_run(factory, str(file)).stdout)["applied"]["known"] == 2
    assert _counts(factory)[0] == 2
    file.write_text(LONG + "A,2026-01-31,declared,operator,F,thirty,3\nA,2026-02-28,revised,operator,F,32,3")
    done = _run(factory, str(file))
    assert (done.exit_code, json.loads(done.stdout)["applied"]["correction"]) == (3, 1)
    plain = factory.test_cli_runner().invoke(args=["headcounts", "import", str(file), "--factory", "GOLDEN"])
    assert plain.exit_code == 3 and "applied: new 0" in plain.stdout and "not a number" in plain.stdout


def test_refused(factory: Flask, tmp_path: Path) -> None:
    file = tmp_path / "heads.csv"
    file.write_bytes(b"")
    done = _run(factory, str(file))
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "file_empty")
    file.write_text(LONG + "A,2026-01-31,declared,operator,F,30,3")
    done = factory.test_cli_runner().invoke(args=["headcounts", "import", str(file), "--factory", "NOBODY", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "unknown_factory") and "NOBODY" in done.stderr
    choices = tmp_path / "choices.json"
    for text in ("{", "[]", '{"as_of": 7}'):
        choices.write_text(text)
        assert _run(factory, str(file), "--choices", str(choices)).exit_code == 2
    assert _counts(factory) == (0, 0)


@pytest.mark.skipif(not EXPECTED, reason=f"NO SAMPLE HEADCOUNTS in {FOLDER}: set SEAMWISE_SAMPLES")
@pytest.mark.parametrize("name", EXPECTED or ["none"])
def test_the_samples(factory: Flask, name: str) -> None:
    wanted = json.loads((FOLDER / name).read_text("utf-8"))
    done = _run(factory, str(FOLDER / wanted["file"]))
    told = json.loads(done.stdout)
    assert done.exit_code == (3 if wanted["problems"] else 0)
    for part in ("factory", "counts", "rows", "problems", "skipped"):
        assert told[part] == wanted[part], part
    assert [each["total"] for each in told["snapshots"]] == [each["total"] for each in wanted["snapshots"]]
    assert _counts(factory) == (len(wanted["snapshots"]), 1)
