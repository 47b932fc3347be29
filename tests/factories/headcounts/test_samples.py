"""The sample headcounts give what is expected of them: with a person's choices, and with the reader's own."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.factories.headcounts import as_json, check, exit_code

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("SEAMWISE_SAMPLES", REPOSITORY.parent / "shared" / "samples")) / "headcounts"
EXPECTED = sorted(path.name for path in FOLDER.glob("*.expected.json"))
pytestmark = pytest.mark.skipif(
    not EXPECTED, reason=f"NO SAMPLE HEADCOUNTS in {FOLDER}: set SEAMWISE_SAMPLES; the reader is NOT checked against them")
SAID = ("note", "current")


def _expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def _agree(shown: dict[str, Any], wanted: dict[str, Any]) -> None:
    snapshots = [{name: snapshot[name] for name in want} for snapshot, want in
                 zip(shown["snapshots"], wanted["snapshots"], strict=True)]
    assert snapshots == wanted["snapshots"]
    for name in set(wanted) - {*SAID, "snapshots"}:
        assert shown[name] == wanted[name], name


@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_choices_of_a_person(name: str) -> None:
    wanted = _expected(name)
    found = check((FOLDER / wanted["file"]).read_bytes(), wanted["file"], wanted)
    _agree(as_json(found), wanted)
    assert exit_code(found) == (3 if wanted["problems"] else 0)


@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_readers_own_proposals(name: str) -> None:
    wanted = _expected(name)
    shown = as_json(check((FOLDER / wanted["file"]).read_bytes(), wanted["file"], {"import_date": wanted["import_date"]}))
    _agree(shown, wanted)
    assert as_json(check((FOLDER / wanted["file"]).read_bytes(), wanted["file"], shown)) == shown


def test_revised_replaces_the_earlier_snapshot_of_the_day() -> None:
    found = check((FOLDER / "padma-headcount.csv").read_bytes(), "padma-headcount.csv")
    assert [(each.as_of.isoformat(), each.source, each.total) for each in found.current] == [
        ("2026-03-31", "declared", 1440), ("2026-04-30", "revised", 1471)]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_command_says_the_same(shared_app: Flask, tmp_path: Path, name: str) -> None:
    wanted = _expected(name)
    choices = tmp_path / "choices.json"
    choices.write_text(json.dumps(wanted), "utf-8")
    command = ["headcounts", "check", str(FOLDER / wanted["file"]), "--choices", str(choices), "--json"]
    result = shared_app.test_cli_runner().invoke(args=command)
    assert result.exit_code == (3 if wanted["problems"] else 0)
    _agree(json.loads(result.stdout), wanted)
    plain = shared_app.test_cli_runner().invoke(args=command[:3])
    assert plain.exit_code == result.exit_code
    assert f"{wanted['snapshots'][-1]['total']}" in plain.stdout
