"""The sample reports beside the repository, and what is expected of each. Without them these tests are skipped."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("SEAMWISE_SAMPLES", REPOSITORY.parent / "shared" / "samples")) / "meeting-reports"
EXPECTED = sorted(FOLDER.glob("*.expected.json"))
needs_samples = pytest.mark.skipif(
    not EXPECTED, reason=f"NO SAMPLE REPORTS in {FOLDER}: set SEAMWISE_SAMPLES; reports are NOT checked against them")


def expected(path: Path) -> dict[str, Any]:
    """The content of an expected file."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def arguments(wanted: dict[str, Any], *, order: bool = True) -> list[str]:
    """What a person would have typed for a sample."""
    known = wanted["input"]
    typed = [str(FOLDER / name) for name in wanted["files"]]
    typed += ["--roster", str(FOLDER / wanted["roster"]), "--zone", known["zone"], "--date", known["session_date"]]
    typed += ["--date-order", known["date_order"]] if order and known["date_order"] else []
    for option, names in (("--room", known["rooms"]), ("--staff", known["staff_emails"])):
        typed += [word for name in names for word in (option, name)]
    for part in wanted["meeting"]["parts"] if wanted["provider"] in {"meet", "bigbluebutton"} else ():
        typed += ["--planned", "/".join(part)]
    return [*typed, "--json"]
