"""A checked roster as JSON, under the names of the samples."""

from dataclasses import asdict
from datetime import date
from typing import Any

from app.factories.roster.choices import columns_json
from app.factories.roster.results import Changes, Problem, Roster, Row

ACCEPTED, REFUSED, ACCEPTED_WITH_PROBLEMS = 0, 2, 3
_LISTS = ("joined", "left", "moved", "promoted", "role_changed", "renamed", "lines_renamed", "number_reused",
          "possible_renumbering", "unresolved")


def exit_code(roster: Roster) -> int:
    """0 accepted, 3 accepted with problems, 2 refused."""
    if not roster.accepted:
        return REFUSED
    return ACCEPTED_WITH_PROBLEMS if roster.problems else ACCEPTED


def as_json(roster: Roster, changes: Changes | None = None) -> dict[str, Any]:
    """Plain values only: outcome, reason, the choices made, rows, problems, skipped, counts, changes."""
    shown: dict[str, Any] = {"kind": "roster", "file": roster.file, "outcome": roster.outcome}
    if roster.reason:
        shown["reason"] = roster.reason
    if roster.missing:
        shown["missing"] = list(roster.missing)
    shown |= _choices(roster)
    if roster.accepted:
        shown |= {"counts": roster.counts, "ignored_columns": list(roster.ignored_columns)}
    shown["rows"] = [_row(row) for row in roster.rows]
    shown["problems"] = [_problem(problem) for problem in roster.problems]
    shown["skipped"] = [asdict(skipped) for skipped in roster.skipped]
    if changes is not None:
        shown |= {"compared_with": changes.compared_with, "changes": _changes(changes)}
    return shown


def _choices(roster: Roster) -> dict[str, Any]:
    choices = roster.choices
    chosen = {
        "country": choices.country, "import_date": _day(choices.import_date), "sheet": choices.sheet,
        "encoding": choices.encoding, "delimiter": choices.delimiter, "calendar": choices.calendar,
        "line_from": choices.line_from, "header_row": choices.header_row,
        "sex_words": dict(choices.sex_words) if choices.sex_words else None,
    }
    shown = {name: value for name, value in chosen.items() if value is not None}
    if choices.columns is not None:
        shown["columns"] = columns_json(choices)
    return shown


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.row, "employee_number": row.employee_number, "name": row.name, "local_name": row.local_name,
        "sex": row.sex, "line": row.line, "designation": row.designation, "role": row.role, "phone": row.phone,
        "joined": _day(row.joined),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    shown: dict[str, Any] = {"row": problem.row, "code": problem.code, "severity": problem.severity,
                             "field": problem.field}
    if problem.value is not None:
        shown["value"] = problem.value
    return shown


def _changes(changes: Changes) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name in _LISTS:
        shown[name] = [item if isinstance(item, str) else asdict(item) for item in getattr(changes, name)]
    counts = {name: len(shown[name]) for name in _LISTS}
    return {**shown, "unchanged": changes.unchanged, "counts": counts}
