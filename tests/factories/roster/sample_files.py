"""The sample rosters beside the repository and what is expected of each."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("SEAMWISE_SAMPLES", REPOSITORY.parent / "shared" / "samples")) / "rosters"
CHOSEN = ("country", "import_date", "sheet", "header_row", "columns", "calendar", "line_from", "sex_words", "encoding",
          "delimiter")
EXPECTED = sorted(path.name for path in FOLDER.glob("*.expected.json"))
needs_samples = pytest.mark.skipif(
    not EXPECTED, reason=f"NO SAMPLE ROSTERS in {FOLDER}: set SEAMWISE_SAMPLES; the importer is NOT checked against them")


def expected(name: str) -> dict[str, Any]:
    """The content of an expected file."""
    found: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def content(name: str) -> bytes:
    """The bytes of a sample."""
    return (FOLDER / name).read_bytes()


def chosen(wanted: dict[str, Any], *names: str) -> dict[str, Any]:
    """What a person would have chosen, by name."""
    return {name: wanted[name] for name in names if name in wanted}


def role_map() -> dict[str, Any]:
    """The designations of the sample factories."""
    found: dict[str, Any] = json.loads((FOLDER / "role-map.json").read_text("utf-8"))
    return found


def without_alternatives(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems without `or`: this reader sees error values, so it must report them as such."""
    return [{key: value for key, value in problem.items() if key != "or"} for problem in problems]
