"""A checked list as JSON."""

from dataclasses import asdict
from typing import Any

from app.learning_record.earlier.choices import choices_json
from app.learning_record.earlier.results import Trainings

ACCEPTED, REFUSED, ACCEPTED_WITH_PROBLEMS = 0, 2, 3


def exit_code(found: Trainings) -> int:
    """0 accepted, 3 accepted with problems, 2 refused."""
    if not found.accepted:
        return REFUSED
    return ACCEPTED_WITH_PROBLEMS if found.problems else ACCEPTED


def as_json(found: Trainings) -> dict[str, Any]:
    """Plain values only: outcome, reason, the choices made, rows, problems, how many rows said nothing."""
    shown: dict[str, Any] = {"kind": "earlier_trainings", "file": found.file, "outcome": found.outcome}
    if found.reason:
        shown["reason"] = found.reason
    if found.missing:
        shown["missing"] = list(found.missing)
    return {
        **shown,
        "choices": choices_json(found.choices),
        "rows": [{**asdict(row), "taken_on": row.taken_on.isoformat()} for row in found.rows],
        "problems": [{**asdict(each), "severity": each.severity} for each in found.problems],
        "skipped": found.skipped,
    }
