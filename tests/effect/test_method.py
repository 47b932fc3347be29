"""The arithmetic against what is known without it, and against another library."""

from datetime import date, timedelta
from math import exp, log, sqrt

import numpy as np
import pytest
from statsmodels.api import OLS

from app.effect.estimate.estimating import measure
from app.effect.rules import Line, Week
from tests.effect.simulating import START, World, made

TRAINED = date(2025, 11, 14)


def test_two_lines_and_two_times_by_hand() -> None:
    said = {("f", "a"): [50.0] * 10 + [50.0] + [66.0] * 10, ("f", "b"): [40.0] * 11 + [44.0] * 10}
    weeks = [Week(key, START + timedelta(weeks=place), value)
             for key, values in said.items() for place, value in enumerate(values)]
    found = measure([Line(("f", "a"), START + timedelta(weeks=10), "F"), Line(("f", "b"))], weeks)
    assert found.effect and found.effect.pct == pytest.approx(100 * (66 / 50 / (44 / 40) - 1))
    assert found.naive_pct == pytest.approx(100 * (66 / 50 - 1))
    assert found.effect.low is None, "two lines have no interval"


def test_with_one_day_of_training_and_no_noise_a_regression_says_the_same() -> None:
    lines, weeks, _true = made(4, World(15, trained_on=(TRAINED,), lines=12, trained=6, weeks=30))
    kept = [each for each in weeks if each.monday != date(2025, 11, 10) or each.line[1] not in _names(lines)]
    found = measure(lines, kept)
    assert found.effect
    assert found.effect.pct == pytest.approx(_regression(lines, kept), abs=1e-6)


def _names(lines: list[Line]) -> set[str]:
    return {line.key[1] for line in lines if line.trained_on}


def _regression(lines: list[Line], weeks: list[Week]) -> float:
    """Line effects, week effects and a mark for trained weeks (what two-way regression does)."""
    rows, days = {line.key: place for place, line in enumerate(lines)}, sorted({each.monday for each in weeks})
    columns = np.zeros((len(weeks), len(rows) + len(days)))
    for place, each in enumerate(weeks):
        columns[place, rows[each.line]] = 1
        if each.monday != days[0]:
            columns[place, len(rows) + days.index(each.monday)] = 1
        columns[place, len(rows)] = each.line[1] in _names(lines) and each.monday > TRAINED
    fit = OLS(np.array([log(each.efficiency) for each in weeks]), columns).fit()
    return 100 * (exp(fit.params[len(rows)]) - 1)


def test_lines_trained_in_turns_are_imputed_and_left_out_one_by_one() -> None:
    """The figure and its interval, by regressions on weeks that were not trained yet: one for all, one without each line."""
    days = date(2025, 8, 15), date(2025, 9, 12)
    lines, weeks, _true = made(2, World(22, lines=10, trained=5, weeks=20, trained_on=days, missing=0.05))
    found, whole = measure(lines, weeks).effect, _imputed(lines, weeks)
    without = [_imputed([each for each in lines if each is not line], weeks) for line in lines]
    error = sqrt(0.9 * sum((each - whole) ** 2 for each in without))
    bounds = [100 * (exp(whole + sign * 2.7764451 * error) - 1) for sign in (-1, 0, 1)]  # t of 4 and 95 %
    assert found and (found.low, found.pct, found.high) == pytest.approx(bounds)


def _imputed(lines: list[Line], weeks: list[Week]) -> float:
    trained = {line.key: line.trained_on for line in lines}
    mondays = sorted({each.monday for each in weeks})[1:]
    told = [(each, trained[each.line], log(each.efficiency),
             [*(each.line == key for key in trained), *(each.monday == monday for monday in mondays)])
            for each in weeks if each.line in trained]
    free = [(value, marks) for each, day, value, marks in told if not day or each.monday + timedelta(days=6) < day]
    after = [(value, marks) for each, day, value, marks in told if day and each.monday > day]
    (values, marks), (gains, cells) = ([np.array(of, float) for of in zip(*listed, strict=True)] for listed in (free, after))
    return float(np.mean(gains - cells @ OLS(values, marks).fit().params))


def test_an_effect_that_grows_is_the_mean_of_what_was_put_in() -> None:
    world = World(30, grows=20, sd=1e-9, lines=20, trained=12)
    lines, weeks, true = made(5, world)
    found = measure(lines, weeks)
    assert found.effect and found.effect.pct == pytest.approx(true, abs=1e-3)
    early, late = (each.effect.pct for each in (found.periods[-8], found.periods[-1]))
    assert early < late
