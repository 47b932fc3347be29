"""What is kept of a file of weeks and of a comparison, as JSON and back. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.effect.analysing import Analysis
from app.effect.files import Problem, Weeks
from app.effect.rules import Because, Interval, Measured, Period, PreTrend, Seen, Verdict, Warn


@dataclass(frozen=True)
class Kept:
    """A file as it can be looked at: its usable rows, what was wrong, and under which names it knows the factory."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    read: int
    names: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    """Headings of columns of which nothing was kept."""

    @property
    def left_out(self) -> int:
        return self.read - len(self.rows)


def keep(found: Weeks) -> dict[str, Any]:
    """The rows of one factory of a file that was read; equal files give equal documents."""
    return {
        "rows": [[each.line, each.key[1], each.monday.isoformat(), each.operators, each.minutes, each.sam, each.pieces,
                  each.defects] for each in found.rows],
        "problems": [[each.row, each.code, each.field, each.value] for each in found.problems],
        "unused": [[each.key[1], each.week] for each in found.unused],
        "read": found.read,
        "names": sorted({each.factory for each in found.rows if each.factory}),
        "ignored": list(found.ignored),
    }


def kept(document: Mapping[str, Any]) -> Kept:
    """What `keep` wrote; rows as `LineWeek` has them."""
    names = ("line", "line_key", "monday", "operators", "minutes", "sam", "pieces", "defects")
    rows = tuple(
        {**dict(zip(names, each, strict=True)), "monday": date.fromisoformat(each[2])} for each in document["rows"])
    problems = tuple(Problem(*each) for each in document["problems"])
    return Kept(rows, problems, document["read"], tuple(document["names"]), tuple(document.get("ignored", ())))


def keep_analysis(found: Analysis) -> dict[str, Any]:
    """A comparison."""
    return {
        "measured": asdict(found.measured), "seen": asdict(found.seen),
        "warnings": [each.value for each in found.verdict.warnings],
        "reasons": [each.value for each in found.verdict.reasons],
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None, "lines": found.lines,
    }


def kept_analysis(document: Mapping[str, Any]) -> Analysis:
    """What `keep_analysis` wrote: what was said stays said, whatever rules say today."""
    measured = dict(document["measured"])
    measured |= {
        "effect": _interval(measured["effect"]), "without_outliers": _interval(measured["without_outliers"]),
        "by_sex": {sex: Interval(**each) for sex, each in measured["by_sex"].items()},
        "periods": tuple(
            Period(each["first"], each["last"], Interval(**each["effect"])) for each in measured["periods"]),
        "pre_trend": PreTrend(**measured["pre_trend"]) if measured["pre_trend"] else None,
        "weeks": tuple(measured["weeks"]) if measured.get("weeks") else None,
    }
    verdict = Verdict(tuple(map(Warn, document["warnings"])), tuple(map(Because, document["reasons"])))
    days = [date.fromisoformat(document[name]) if document[name] else None for name in ("first", "last")]
    return Analysis(Measured(**measured), Seen(**document["seen"]), verdict, days[0], days[1], document["lines"])


def _interval(said: Mapping[str, Any] | None) -> Interval | None:
    return Interval(**said) if said else None
