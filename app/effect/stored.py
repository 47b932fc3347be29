"""What is kept of a file of weeks and of a comparison, as JSON and back. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.effect.analysing import Analysis
from app.effect.files import Problem, Row, Weeks
from app.effect.rules import Because, Interval, Key, Measured, Period, PreTrend, Seen, Verdict, Warn, week_number


@dataclass(frozen=True)
class Kept:
    """A file as it can be looked at: its usable rows, what was wrong, and under which names it knows the factory."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    read: int
    names: tuple[str, ...]
    seen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Weeks by number of which a line has a row, but no usable one."""
    nameless: Mapping[str, int] = field(default_factory=dict)
    """Rows of a line that name no week."""

    @property
    def left_out(self) -> int:
        return self.read - len(self.rows)


def keep(found: Weeks, rows: tuple[Row, ...]) -> dict[str, Any]:
    """A read file, of which these rows are of the factory; equal files give equal documents."""
    return {
        "rows": [[each.line, each.key[1], each.monday.isoformat(), each.operators, each.minutes, each.sam, each.pieces,
                  each.defects] for each in rows],
        "problems": [[each.row, each.code, each.field, each.value] for each in found.problems],
        "read": found.bad + len(rows),
        "names": sorted({each.factory for each in found.rows if each.factory}),
        **_unusable(found, rows),
    }


def _unusable(found: Weeks, rows: tuple[Row, ...]) -> dict[str, Any]:
    """Of the factories that these rows are of."""
    factories, used = {each.key[0] for each in rows}, dict[Key, set[int]]()
    for each in rows:
        used.setdefault(each.key, set()).add(week_number(each.monday))
    seen = {key: sorted(numbers - used.get(key, set())) for key, numbers in found.present.items()}
    return {
        "seen": {key[1]: numbers for key, numbers in sorted(seen.items()) if numbers and key[0] in factories},
        "nameless": {key[1]: number for key, number in sorted(found.nameless.items()) if key[0] in factories},
    }


def kept(document: Mapping[str, Any]) -> Kept:
    """What `keep` wrote; rows as `LineWeek` has them."""
    names = ("line", "line_key", "monday", "operators", "minutes", "sam", "pieces", "defects")
    rows = tuple(
        {**dict(zip(names, each, strict=True)), "monday": date.fromisoformat(each[2])} for each in document["rows"])
    problems = tuple(Problem(*each) for each in document["problems"])
    return Kept(
        rows, problems, document["read"], tuple(document["names"]), document.get("seen", {}),
        document.get("nameless", {}))


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
    }
    verdict = Verdict(tuple(map(Warn, document["warnings"])), tuple(map(Because, document["reasons"])))
    days = [date.fromisoformat(document[name]) if document[name] else None for name in ("first", "last")]
    return Analysis(Measured(**measured), Seen(**document["seen"]), verdict, days[0], days[1], document["lines"])


def _interval(said: Mapping[str, Any] | None) -> Interval | None:
    return Interval(**said) if said else None
