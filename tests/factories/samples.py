"""The sample rosters and what is expected of each."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(os.environ.get("SEAMWISE_SAMPLES") or Path(__file__).resolve().parents[3] / "shared" / "samples")
ROSTERS = sorted(path for path in (SAMPLES / "rosters").iterdir() if path.suffix in {".xlsx", ".ods", ".csv"})
ROLE_MAP = json.loads((SAMPLES / "rosters" / "role-map.json").read_text("utf-8"))


def roster(start: str) -> Path:
    """The sample whose name begins so."""
    return next(path for path in ROSTERS if path.name.startswith(start))


@cache
def expected(path: Path) -> dict[str, Any]:
    """What stands beside the sample."""
    told: dict[str, Any] = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    return told
