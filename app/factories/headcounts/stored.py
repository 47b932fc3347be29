"""What is kept of a headcount file: its snapshots and what was wrong. Never the file itself. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.factories.headcounts.results import REVISED, Headcounts, Problem, Snapshot
from app.factories.headcounts.rules import Counts, Said
from app.factories.rules import JobRole, Sex


@dataclass(frozen=True)
class Kept:
    """A file as it can be looked at: `accepted` rows, how many were left out, and under which names it knows the
    factory."""

    snapshots: tuple[Said, ...]
    problems: tuple[Problem, ...]
    accepted: int
    left_out: int
    names: tuple[str, ...]


def keep(found: Headcounts) -> dict[str, Any]:
    """A read file as JSON; equal files give equal documents."""
    return {
        "snapshots": [_document(each) for each in found.snapshots],
        "problems": [[each.row, each.code, each.field, each.value] for each in found.problems],
        "accepted": len(found.rows),
        "names": list(found.choices.factory) if "factory" in found.choices.columns else [],
    }


def kept(document: Mapping[str, Any]) -> Kept:
    """What `keep` wrote."""
    problems = tuple(Problem(*each) for each in document["problems"])
    left_out = {each.row for each in problems if each.severity == "error"}
    snapshots = tuple(_said(**each) for each in document["snapshots"])
    return Kept(snapshots, problems, document["accepted"], len(left_out), tuple(document["names"]))


def said(found: Snapshot) -> Said:
    """A snapshot of a file as it is compared and written."""
    return _said(**_document(found))


def _document(found: Snapshot) -> dict[str, Any]:
    people: Counter[tuple[str, str | None]] = Counter()
    for count in found.counts:
        for sex, number in count.by_sex().items():
            people[count.role, sex] += number
    ordered = sorted(people.items(), key=lambda each: (each[0][0], each[0][1] or ""))
    counts = [[role, sex, number] for (role, sex), number in ordered if number]
    return {"as_of": found.as_of.isoformat(), "source": found.source, "lines": found.lines, "counts": counts}


def _said(as_of: str, source: str, lines: int | None, counts: list[tuple[str, str | None, int]]) -> Said:
    people: Counts = {(JobRole(role), Sex(sex) if sex else None): number for role, sex, number in counts}
    return Said(date.fromisoformat(as_of), source, people, lines, is_revision=source == REVISED)
