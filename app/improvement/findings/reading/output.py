"""A checked file of findings as JSON, under the names of the samples."""

from dataclasses import asdict
from typing import Any

from app.improvement.findings.reading.choices import choices_json
from app.improvement.findings.reading.results import Findings, Problem, Row

ACCEPTED, REFUSED, ACCEPTED_WITH_PROBLEMS = 0, 2, 3


def exit_code(found: Findings) -> int:
    """0 accepted, 3 accepted with problems, 2 refused."""
    if not found.accepted:
        return REFUSED
    return ACCEPTED_WITH_PROBLEMS if found.problems else ACCEPTED


def as_json(found: Findings) -> dict[str, Any]:
    """Plain values only: outcome, reason, the choices made, counts, rows, problems, skipped."""
    shown: dict[str, Any] = {"kind": "findings", "file": found.file, "outcome": found.outcome}
    if found.reason:
        shown["reason"] = found.reason
    if found.missing:
        shown["missing"] = list(found.missing)
    shown |= choices_json(found.choices)
    if found.ignored_columns:
        shown["ignored_columns"] = list(found.ignored_columns)
    return {
        **shown,
        "counts": found.counts,
        "rows": [_row(row) for row in found.rows],
        "problems": [_problem(problem) for problem in found.problems],
        "skipped": [asdict(skipped) for skipped in found.skipped],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.row, "factory": row.factory, "cluster": row.cluster, "point": row.point, "question": row.question,
        "severity": row.severity.value if row.severity else None, "assessed_on": row.assessed_on.isoformat(),
        "status": row.status.value,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    shown = {"row": problem.row, "code": problem.code, "severity": problem.severity, "field": problem.field}
    return {**shown, "value": problem.value} if problem.value is not None else shown
