"""What is kept of a file of findings: its rows and what was wrong. Never the file itself. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.factories.headings import Headings
from app.improvement.findings.reading import Findings, Problem
from app.improvement.findings.rules import FindingStatus, Said, Severity


@dataclass(frozen=True)
class Kept:
    """A file as it can be looked at: how many rows were left out, and the headings of which nothing was kept. Of a row
    that was left out nobody needs to know what else is unclear."""

    rows: tuple[Said, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]
    left_out: int


def keep(found: Findings, factories: Mapping[str, int], decided: Mapping[str, Any], seen: str) -> dict[str, Any]:
    """A read file as JSON; equal files give equal documents. `factories` are the ids of the codes it names, `decided`
    what a person said of its columns, `seen` the headings as `fingerprint` tells them."""
    return {
        **({"decided": dict(decided), "seen": seen} if decided else {}),
        "rows": [
            [factories[row.factory], row.cluster, row.point, row.question, row.severity, row.assessed_on.isoformat(),
             row.status] for row in found.rows],
        "problems": [[each.row, each.code, each.field, each.value] for each in found.problems],
        "ignored": list(found.ignored_columns),
    }


def fingerprint(headings: Headings) -> str:
    """The same for files whose headings are the same, which themselves are not kept: a cell may name people."""
    return hashlib.sha256(json.dumps(sorted(headings.columns.items())).encode()).hexdigest()


def kept(document: Mapping[str, Any]) -> Kept:
    """What `keep` wrote."""
    problems = tuple(Problem(*each) for each in document["problems"])
    left_out = {each.row for each in problems if each.severity == "error"}
    shown = tuple(each for each in problems if each.severity == "error" or each.row not in left_out)
    return Kept(tuple(_said(*each) for each in document["rows"]), shown, tuple(document["ignored"]), len(left_out))


def _said(
    factory_id: int, cluster: str, point: str, question: str, severity: str | None, day: str, status: str
) -> Said:
    graded = Severity(severity) if severity else None
    return Said(factory_id, cluster, point, question, graded, date.fromisoformat(day), FindingStatus(status))
