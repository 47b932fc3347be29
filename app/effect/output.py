"""An analysis as JSON, under the names of the samples."""

from typing import Any

from app.effect.analysing import METHOD, Analysis
from app.effect.files import Problem, Trainings, Weeks
from app.effect.files.weeks import week_name
from app.effect.labels import sentence
from app.effect.rules import Interval, Period

ANALYSED, REFUSED = 0, 2


def refused_json(weeks: Weeks, trainings: Trainings) -> dict[str, Any]:
    """Why one of the two files could not be read."""
    bad, of = (weeks, weeks.file) if weeks.reason else (trainings, "training")
    named = {"missing": bad.missing, "ignored_columns": bad.ignored}
    named |= {"courses": () if weeks.reason else trainings.courses}
    said = {name: list(listed) for name, listed in named.items() if listed}
    return _refused(of, bad.reason or "", "file" if weeks.reason else "training") | said


def unasked_json(code: str, argument: str, said: str) -> dict[str, Any]:
    """Why the command could not begin: `argument` is the one that is missing or wrong."""
    return _refused(argument, code, argument) | {"says": said}


def _refused(file: str, reason: str, name: str) -> dict[str, Any]:
    """The problem is of no row: its field is the argument."""
    problem = {"row": None, "code": reason, "severity": "error", "field": name}
    return {"kind": "productivity", "outcome": "refused", "file": file, "reason": reason, "problems": [problem]}


def analysis_json(found: Analysis) -> dict[str, Any]:
    """What was found: plain values only, figures with two decimals."""
    measured, seen, effect = found.measured, found.seen, found.measured.effect
    trend = measured.pre_trend
    return {
        "sentence": sentence(found),
        "method": METHOD,
        "estimate_pct": _round(effect.pct) if effect else None,
        "ci95_pct": _bounds(effect),
        "claims_effect": found.verdict.claims_effect,
        "reasons": [each.value for each in found.verdict.reasons],
        "warnings": [each.value for each in found.verdict.warnings],
        "naive_before_after_pct": _round(measured.naive_pct),
        "pre_trend": None if trend is None else {
            "per_week_pct": _round(trend.per_week_pct, 3), "t": _round(trend.t), "p": _round(trend.p, 4),
            "leads_p": _round(trend.leads_p, 4)},
        "by_supervisor_sex": {sex: _effect(each) for sex, each in measured.by_sex.items()},
        "event_study": [_period(each) for each in measured.periods],
        "without_outliers": _effect(measured.without_outliers) if measured.without_outliers else None,
        "n": {
            "lines": found.lines, "trained_lines": measured.trained, "comparison_lines": measured.compared,
            "trained_weeks": effect.weeks if effect else 0, "weeks_before": measured.weeks_before,
            "weeks_after": measured.weeks_after, "weeks_missing": seen.weeks_missing, "outliers": measured.outliers,
            "lines_stopped": seen.stopped_trained + seen.stopped_others,
            "trained_lines_stopped": seen.stopped_trained,
            "lines_trained_before_their_first_week": seen.trained_before, "lines_unclear": seen.unclear},
        "first_week": week_name(found.first) if found.first else None,
        "last_week": week_name(found.last) if found.last else None,
    }


def as_json(
    weeks: Weeks, trainings: Trainings, found: Analysis, training_problems: tuple[Problem, ...],
) -> dict[str, Any]:
    """The answer of `flask effect analyse --json`."""
    return {
        "kind": "productivity", "file": weeks.file, "outcome": "analysed", **analysis_json(found),
        "columns": dict(weeks.columns), "ignored_columns": list(weeks.ignored),
        "counts": {"rows": weeks.read, "usable": len(weeks.rows), "problems": len(weeks.problems)},
        "problems": [_problem(each) for each in weeks.problems],
        "training": {
            "rows": len(trainings.rows), "columns": dict(trainings.columns),
            "ignored_columns": list(trainings.ignored), "problems": [_problem(each) for each in training_problems]},
    }


def _problem(each: Problem) -> dict[str, Any]:
    shown = {"row": each.row, "code": each.code, "severity": each.severity, "field": each.field}
    return {**shown, "value": each.value} if each.value is not None else shown


def _effect(each: Interval) -> dict[str, Any]:
    return {"estimate_pct": _round(each.pct), "ci95_pct": _bounds(each), "lines": each.lines}


def _period(each: Period) -> dict[str, Any]:
    return {"first_week": each.first, "last_week": each.last, **_effect(each.effect)}


def _bounds(each: Interval | None) -> list[float | None] | None:
    return None if each is None or each.low is None else [_round(each.low), _round(each.high)]


def _round(number: float | None, digits: int = 2) -> float | None:
    return None if number is None else round(number, digits) + 0.0
