"""The estimate: what trained lines made, against what they would have made without the training.

Untreated weeks give line and week effects; those give what each trained week would have been; the mean of what lies
between is the effect (imputation: Borusyak, Jaravel and Spiess 2024). A plain two-way regression compares lines
trained late with lines trained early, and is wrong as soon as an effect grows. Errors: each line is left out once
(jackknife by cluster), with degrees of freedom of the smaller of the two groups.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from app.effect.estimate.before import leads, slope
from app.effect.estimate.fitting import comparable, effects
from app.effect.estimate.outliers import without_outliers
from app.effect.estimate.panel import Array, Panel, by_factory
from app.effect.rules import Interval, Line, Measured, Period, PreTrend, Week

SPAN = 4
"""Weeks of a point of the plot, and of a lead."""
MOST_AFTER, MOST_LEADS = 13, 3
_SEXES = ("F", "M")
_FEWEST = 3
"""Lines of a group below which it has no interval."""


@dataclass(frozen=True)
class _Plan:
    """What is measured: groups of trained cells (all, by sex, by time), and leads before the training."""

    spans: tuple[tuple[int, int], ...]
    leads: tuple[tuple[int, int], ...]

    @property
    def groups(self) -> int:
        return 1 + len(_SEXES) + len(self.spans)


_EXACT = 1e-9
"""Logarithms as close as this are the same: what lies below is rounding, and no difference is surer than it."""

Step = Callable[[], object]
_What = Callable[[Array, _Plan], Array]


def measure(lines: Sequence[Line], weeks: Sequence[Week], step: Step = lambda: None) -> Measured:
    """The effect of these lines, with everything that tells whether it can be believed. `step` is called for each
    factory."""
    panels = by_factory(lines, weeks)
    found = _measure(panels, step)
    count, tamed = without_outliers(panels)
    if not count or found.effect is None:
        return found
    without = _measure(tamed, step).effect
    return Measured(**{**found.__dict__, "outliers": count, "without_outliers": without})


def _measure(panels: Sequence[Panel], step: Step) -> Measured:
    plan = _plan(panels)
    parts = [_sums(each, plan) for each in panels]
    whole = np.sum(parts, axis=0)
    again = np.array([
        moved for each, part in zip(panels, parts, strict=True) for moved in _again(each, whole - part, plan, step)
    ])
    shape = _shape(panels)
    if not whole[plan.groups] or not shape.compared:
        return Measured(trained=shape.trained, compared=shape.compared)
    values, errors = _jackknife(_effects_of, whole, again, plan)
    counts, by_group = whole[plan.groups: 2 * plan.groups], _lines_of(panels, plan)
    told = [
        _interval(values[group], errors[group], int(by_group[group]), int(counts[group]), shape.compared)
        for group in range(plan.groups)
    ]
    sexes = {sex: told[1 + place] for place, sex in enumerate(_SEXES) if counts[1 + place]}
    after = [
        Period(first, last, told[1 + len(_SEXES) + place]) for place, (first, last) in enumerate(plan.spans)
        if counts[1 + len(_SEXES) + place]
    ]
    trend, before = _before(whole, again, plan, shape)
    return Measured(
        told[0], sexes, (*before, *after), trend, _naive(panels), trained=int(by_group[0]), compared=shape.compared,
        weeks_before=shape.before, weeks_after=shape.after, weeks=shape.weeks)


def _again(each: Panel, others: Array, plan: _Plan, step: Step) -> list[Array]:
    """All sums anew, as if each line of one factory in turn did not exist."""
    step()
    return [others + _sums(each.without(row), plan) for row in range(len(each.lines))]


@dataclass(frozen=True)
class _Shape:
    trained: int
    compared: int
    before: int
    after: int
    weeks: tuple[int, int] | None
    """The first and last week, by number, that the comparison is made of."""


def _shape(panels: Sequence[Panel]) -> _Shape:
    """How many lines there are to judge and to compare with, and the usual number of weeks before and after."""
    before: list[int] = []
    after: list[int] = []
    weeks: list[int] = []
    compared = 0
    for each in panels:
        cells = comparable(each.free, each.after)
        rows = cells.any(axis=1)
        before += [int(number) for number in each.free[rows].sum(axis=1)]
        after += [int(number) for number in cells[rows].sum(axis=1)]
        compared += int(each.free[:, cells.any(axis=0)].any(axis=1).sum())
        weeks += [each.begins + int(week) for week in np.flatnonzero((each.free | cells)[rows].any(axis=0))]
    middle = (int(np.median(before)), int(np.median(after))) if before else (0, 0)
    return _Shape(len(before), compared, *middle, (min(weeks), max(weeks)) if weeks else None)


def _plan(panels: Sequence[Panel]) -> _Plan:
    longest = max((int(each.shifts[each.after].max(initial=-1)) for each in panels), default=-1)
    spans = tuple((SPAN * place, SPAN * place + SPAN - 1) for place in range(min(MOST_AFTER, longest // SPAN + 1)))
    number = min(MOST_LEADS, max(0, _shape(panels).before // SPAN - 1))
    # the week of the training is 1 before the first trained one
    leads = tuple((-SPAN * place - 1, -SPAN * (place - 1) - 2) for place in range(number, 0, -1))
    return _Plan(spans, leads)


def _sums(each: Panel, plan: _Plan) -> Array:
    """Sums that add up over factories: of effects and cells by group, and of the regressions before the training."""
    cells = comparable(each.free, each.after)
    logs = np.where(np.isfinite(each.logs), each.logs, 0.0)
    lines, weeks = effects(each.free, logs[:, :, None])
    gains = np.where(cells, logs - lines - weeks[:, 0][None, :], 0.0)
    groups = _groups(each, cells, plan)
    sums = [gains[group].sum() for group in groups]
    counts = [group.sum() for group in groups]
    return np.concatenate([sums, counts, slope(each, logs), leads(each, logs, plan.leads)])


def _groups(each: Panel, cells: Array, plan: _Plan) -> list[Array]:
    sexes = [cells & np.array([line.sex == sex for line in each.lines], bool)[:, None] for sex in _SEXES]
    spans = [cells & (each.shifts >= first) & (each.shifts <= last) for first, last in plan.spans]
    return [cells, *sexes, *spans]


def _lines_of(panels: Sequence[Panel], plan: _Plan) -> Array:
    """Trained lines of each group."""
    found = np.zeros(plan.groups, int)
    for each in panels:
        groups = _groups(each, comparable(each.free, each.after), plan)
        found += np.array([group.any(axis=1).sum() for group in groups])
    return found


def _effects_of(sums: Array, plan: _Plan) -> Array:
    counts = sums[plan.groups: 2 * plan.groups]
    found: Array = np.divide(sums[: plan.groups], counts, out=np.full(plan.groups, np.nan), where=counts > 0)
    return found


def _slope_of(sums: Array, plan: _Plan) -> Array:
    square, product = sums[2 * plan.groups: 2 * plan.groups + 2]
    return np.array([product / square if square > 1e-9 else np.nan])


def _leads_of(sums: Array, plan: _Plan) -> Array:
    number, rest = len(plan.leads), sums[2 * plan.groups + 2:]
    square, product = rest[: number * number].reshape(number, number), rest[number * number:]
    if np.linalg.matrix_rank(square, tol=1e-6) < number:
        return np.full(number, np.nan)
    found: Array = np.linalg.solve(square, product)
    return found


def _jackknife(what: _What, whole: Array, again: Array, plan: _Plan) -> tuple[Array, Array]:
    """Values and their standard errors, each line left out once."""
    values = what(whole, plan)
    errors = np.sqrt(np.diagonal(_spread(what, whole, again, plan)))
    return values, errors


def _spread(what: _What, whole: Array, again: Array, plan: _Plan) -> Array:
    moved = np.array([what(each, plan) for each in again]) - what(whole, plan)
    moved = moved[~np.isnan(moved).all(axis=1)]
    number = max(len(moved), 1)
    found: Array = (number - 1) / number * moved.T @ moved + _EXACT**2 * np.eye(moved.shape[1])
    return found


def _interval(value: float, error: float, lines: int, weeks: int, compared: int) -> Interval:
    if not error > 0 or min(lines, compared) < _FEWEST:
        return Interval(_pct(value), None, None, lines, weeks)
    free = min(lines, compared) - 1
    half = float(stats.t.ppf(0.975, free)) * error
    chance = float(2 * stats.t.sf(abs(value) / error, free))
    return Interval(_pct(value), _pct(value - half), _pct(value + half), lines, weeks, chance)


def _before(whole: Array, again: Array, plan: _Plan, shape: _Shape) -> tuple[PreTrend | None, list[Period]]:
    """The trend before the training, and its points of the plot."""
    free = min(shape.trained, shape.compared) - 1
    if not plan.leads or free < _FEWEST - 1:
        return None, []
    slopes, errors = _jackknife(_slope_of, whole, again, plan)
    if np.isnan(slopes[0]) or not errors[0] > 0:
        return None, []
    t = float(slopes[0] / errors[0])
    early, spread = _leads_of(whole, plan), _spread(_leads_of, whole, again, plan)
    trend = PreTrend(_pct(slopes[0]), t, float(2 * stats.t.sf(abs(t), free)), _joint(early, spread, free))
    points = [
        Period(first, last, _interval(value, error, shape.trained, 0, shape.compared))
        for (first, last), value, error in zip(plan.leads, early, np.sqrt(np.diagonal(spread)), strict=True)
    ]
    return trend, points if not np.isnan(early).any() else []


def _joint(early: Array, spread: Array, free: int) -> float | None:
    """How likely chance makes all leads together as large as they are (Wald, F with few degrees of freedom)."""
    number = len(early)
    if np.isnan(early).any() or free < number + 1 or np.linalg.matrix_rank(spread) < number:
        return None
    wald = float(early @ np.linalg.solve(spread, early))
    return float(stats.f.sf(wald * (free - number + 1) / (free * number), number, free - number + 1))


def _naive(panels: Sequence[Panel]) -> float | None:
    """What a plain look at the trained lines says: after against before, lines alike."""
    gains = [
        float(np.mean(logs[after]) - np.mean(logs[free]))
        for each in panels for logs, free, after in zip(each.logs, each.free, each.after, strict=True)
        if free.any() and after.any()
    ]
    return _pct(float(np.mean(gains))) if gains else None


def _pct(log: float) -> float:
    return 100.0 * float(np.expm1(log))
