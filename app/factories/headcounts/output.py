"""A checked headcount file as JSON, under the names of the samples."""

from dataclasses import asdict
from typing import Any

from app.factories.headcounts.choices import choices_json
from app.factories.headcounts.results import Count, Headcounts, Problem, Snapshot

ACCEPTED, REFUSED, ACCEPTED_WITH_PROBLEMS = 0, 2, 3


def exit_code(found: Headcounts) -> int:
    """0 accepted, 3 accepted with problems, 2 refused."""
    if not found.accepted:
        return REFUSED
    return ACCEPTED_WITH_PROBLEMS if found.problems else ACCEPTED


def as_json(found: Headcounts) -> dict[str, Any]:
    """Plain values only: outcome, reason, the choices made, counts, snapshots, rows, problems, skipped."""
    shown: dict[str, Any] = {"kind": "headcounts", "file": found.file, "outcome": found.outcome}
    if found.reason:
        shown["reason"] = found.reason
    if found.missing:
        shown["missing"] = list(found.missing)
    wide = found.choices.is_wide
    return {
        **shown,
        **choices_json(found.choices),
        "counts": {"accepted": len(found.rows), "problems": len(found.problems), "skipped": len(found.skipped)},
        "snapshots": [_snapshot(each, wide) for each in found.snapshots],
        "lines": {each.as_of.isoformat(): each.lines for each in found.current},
        "rows": [_row(row, wide) for row in found.rows],
        "problems": [_problem(problem) for problem in found.problems],
        "skipped": [asdict(skipped) for skipped in found.skipped],
    }


def _snapshot(found: Snapshot, wide: bool) -> dict[str, Any]:
    # in the long form every row says its lines and `lines` has them by day
    return {
        "as_of": found.as_of.isoformat(), "source": found.source, "lines": found.lines if wide else None,
        "women": found.with_sex("F"), "men": found.with_sex("M"), "undisclosed": found.undisclosed,
        "total": found.total,
        "supervisors": {sex: found.with_sex(sex, role="supervisor") for sex in ("F", "M")},
    }


def _row(count: Count, wide: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"row": count.row, "as_of": count.as_of.isoformat(), "role": count.role}
    if wide:
        shown |= {"women": count.women, "men": count.men}
        if count.undisclosed is not None:
            shown["undisclosed"] = count.undisclosed
        return {**shown, "people": count.people, "source": count.source}
    return {**shown, "sex": count.sex, "people": count.people, "lines": count.lines, "source": count.source}


def _problem(problem: Problem) -> dict[str, Any]:
    shown = {"row": problem.row, "code": problem.code, "severity": problem.severity, "field": problem.field}
    return {**shown, "value": problem.value} if problem.value is not None else shown
