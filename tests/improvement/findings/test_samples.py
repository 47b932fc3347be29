"""The sample findings give what is expected of them: with a person's choices, and with the reader's own."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.improvement.findings import shipped
from app.improvement.findings.catalogue import read_catalogue
from app.improvement.findings.reading import as_json, check

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("SEAMWISE_SAMPLES", REPOSITORY.parent / "shared" / "samples")) / "findings"
EXPECTED = sorted(path.name for path in FOLDER.glob("*.expected.json"))
pytestmark = pytest.mark.skipif(
    not EXPECTED, reason=f"NO SAMPLE FINDINGS in {FOLDER}: set SEAMWISE_SAMPLES; the reader is NOT checked against them")
SAID = ("note",)
"""What stands in the expected file for people alone."""


def _expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def _run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["findings", "check", *arguments])
    return done.exit_code, done.stdout


@pytest.mark.parametrize("name", EXPECTED)
def test_the_command_with_the_choices_of_a_person(shared_app: Flask, tmp_path: Path, name: str) -> None:
    wanted = _expected(name)
    choices = tmp_path / "choices.json"
    choices.write_text(json.dumps(wanted), "utf-8")
    file = [str(FOLDER / wanted["file"]), "--catalogue", str(FOLDER / "catalogue.json"), "--choices", str(choices)]
    code, said = _run(shared_app, *file, "--json")
    assert code == (3 if wanted["problems"] else 0)
    shown = json.loads(said)
    assert {key: shown.get(key) for key in wanted if key not in SAID} == {
        key: value for key, value in wanted.items() if key not in SAID}
    plain_code, plain = _run(shared_app, *file)
    assert plain_code == code and f"{wanted['rows'][-1]['question']}" in plain


@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_readers_own_proposals(name: str) -> None:
    """The old and short names of themes that occur are known without being told; so is the catalogue."""
    wanted = _expected(name)
    own = {"import_date": wanted["import_date"], "factories": wanted["factories"]}
    shown = as_json(check((FOLDER / wanted["file"]).read_bytes(), wanted["file"], shipped.catalogue(), own))
    for part in ("rows", "problems", "counts", "factories"):
        assert shown[part] == wanted[part], part
    again = as_json(check((FOLDER / wanted["file"]).read_bytes(), wanted["file"], shipped.catalogue(), shown))
    assert again == shown, "the proposals are choices"


def test_the_catalogue_that_ships_is_the_samples_one() -> None:
    samples = read_catalogue(json.loads((FOLDER / "catalogue.json").read_text("utf-8")))
    assert shipped.catalogue() == samples
