"""`flask roster import-all`: many files, each on its own."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.factories.models import Person, RosterImport
from app.platform.db import db
from tests.factories.samples import roster
from tests.factories.test_cli import numbers, run, with_factory

pytestmark = pytest.mark.slow


def write(folder: Path, *lines: str) -> str:
    manifest = folder / "manifest.csv"
    manifest.write_text("\n".join(("file,factory,choices", *lines, "")))
    return str(manifest)


def test_each_file_stands_alone(own_app: Flask, tmp_path: Path) -> None:
    with_factory(own_app)
    (tmp_path / "good.csv").write_text("Employee No,Name,Alias\n1,Rina Begum,Rina B\n")
    (tmp_path / "warned.csv").write_text("Employee No,Name,Sex\n1,Rina Begum,what\n2,Abdul Karim,M\n")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "alias.json").write_text('{"columns": {"employee_number": "A", "name": "C"}}')
    (tmp_path / "list.json").write_text("[]")
    manifest = write(
        tmp_path, "good.csv,GOLDEN,alias.json", "broken.xlsx,GOLDEN,", "missing.csv,GOLDEN,", "good.csv,NOBODY,",
        "good.csv,GOLDEN,list.json", "warned.csv,GOLDEN,",
    )
    done = run(own_app, "import-all", manifest, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["file"], line["outcome"], line.get("reason")) for line in lines] == [
        ("good.csv", "accepted", None), ("broken.xlsx", "refused", "file_damaged"), ("missing.csv", "refused", "file_missing"),
        ("good.csv", "refused", "unknown_factory"), ("good.csv", "refused", "choices"), ("warned.csv", "accepted", None),
    ]
    assert done.exit_code == 2 and done.stderr.split() == [f"{number}/6" for number in range(1, 7)]
    assert lines[0]["applied"]["joined"] == 1 and lines[-1]["applied"]["joined"] == 1
    assert lines[-1]["counts"]["accepted"] == 2
    assert numbers(own_app, Person, RosterImport) == [2, 2]
    with own_app.app_context():
        assert db.session.scalar(sa.select(Person.name).order_by(Person.id)) == "Rina Begum", "the later file corrects"


def test_exit_code_is_that_of_the_worst(own_app: Flask, tmp_path: Path) -> None:
    with_factory(own_app)
    (tmp_path / "good.csv").write_text("Employee No,Name\n1,Rina Begum\n")
    (tmp_path / "warned.csv").write_text("Employee No,Name,Sex\n1,Rina Begum,what\n2,Abdul Karim,M\n")
    assert run(own_app, "import-all", write(tmp_path, "good.csv,GOLDEN,")).exit_code == 0
    told = run(own_app, "import-all", write(tmp_path, "warned.csv,GOLDEN,", "good.csv,GOLDEN,"))
    assert told.exit_code == 3 and told.stdout.startswith("warned.csv GOLDEN: accepted 2")
    broken = run(own_app, "import-all", write(tmp_path, "good.csv"), "--json")
    assert broken.exit_code == 2 and "Line 2" in broken.stderr
    assert json.loads(broken.stdout)["reason"] == "manifest"


def test_samples_in_one_go(own_app: Flask, tmp_path: Path) -> None:
    with_factory(own_app)
    may, june = roster("kh-golden-needle-2026-05"), roster("kh-golden-needle-2026-06")
    done = run(own_app, "import-all", write(tmp_path, f"{may},GOLDEN,", f"{june},GOLDEN,"), "--leavers", "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["applied"]["joined"] == 618 and second["applied"]["left"] > 0
    assert done.exit_code == 3
