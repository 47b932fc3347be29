"""The sample rosters by path, for tests that send them as files. Without the samples these tests are skipped."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.factories.roster import sample_files

ROSTERS = sorted(
    path for path in sample_files.FOLDER.glob("*") if path.suffix in {".xlsx", ".ods", ".csv"}
)
ROLE_MAP_FILE = sample_files.FOLDER / "role-map.json"


def roster(start: str) -> Path:
    """The sample whose name begins so."""
    found = next((path for path in ROSTERS if path.name.startswith(start)), None)
    return found or pytest.skip(f"NO SAMPLE ROSTERS in {sample_files.FOLDER}: set SEAMWISE_SAMPLES")


@cache
def expected(path: Path) -> dict[str, Any]:
    """What stands beside the sample."""
    return sample_files.expected(f"{path.name}.expected.json")
