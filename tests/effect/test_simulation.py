"""Where the truth is known: no effect is not claimed, an effect is found. `SEAMWISE_LONG=1` counts all hundred."""

from statistics import fmean

import pytest

from app.effect.analysing import Analysis, Data, analyse
from app.effect.rules import Key, Week, week_number
from tests.counts import IS_LONG
from tests.effect.simulating import World, made

pytestmark = pytest.mark.slow
SEEDS = range(100) if IS_LONG else range(0, 100, 10)
SOME = SEEDS if IS_LONG else SEEDS[:3]


def analysed(seed: int, world: World) -> tuple[Analysis, float]:
    """What is found in a simulated year, and what was put in."""
    lines, weeks, true = made(seed, world)
    return analyse(Data(lines, weeks, present(weeks), {}, len(weeks))), true


def present(weeks: list[Week]) -> dict[Key, frozenset[int]]:
    found: dict[Key, set[int]] = {}
    for each in weeks:
        found.setdefault(each.line, set()).add(week_number(each.monday))
    return {key: frozenset(numbers) for key, numbers in found.items()}


def covers(found: Analysis, true: float) -> bool:
    effect = found.measured.effect
    return effect is not None and effect.low is not None and effect.high is not None and effect.low <= true <= effect.high


def test_no_effect_is_not_claimed() -> None:
    found = [analysed(seed, World())[0] for seed in SEEDS]
    silent = sum(not each.verdict.claims_effect for each in found)
    print(f"no effect said in {silent} of {len(SEEDS)}, interval contains zero in {sum(covers(each, 0) for each in found)}")
    assert silent >= 0.93 * len(SEEDS)


def test_an_effect_of_22_per_cent_lies_in_the_interval() -> None:
    told = [analysed(seed, World(22)) for seed in SEEDS]
    covering = sum(covers(found, 22) for found, _true in told)
    claimed = sum(found.verdict.claims_effect for found, _true in told)
    print(f"interval contains 22 in {covering} of {len(SEEDS)}, claimed in {claimed}")
    assert covering >= 0.9 * len(SEEDS) and claimed >= 0.9 * len(SEEDS)


@pytest.mark.parametrize("world", [
    World(22, grows=12), World(22, spread_pct=8), World(22, missing=0.1), World(22, outliers=0.01),
    World(22, lines=20, trained=20), World(22, lines=14, trained=6),
], ids=["grows", "differs", "missing", "outliers", "everybody trained", "few lines"])
def test_the_interval_holds_where_worlds_are_less_kind(world: World) -> None:
    told = [analysed(seed, world) for seed in SOME]
    assert sum(covers(found, true) for found, true in told) >= 0.9 * len(SOME) - 1


def test_a_training_over_weeks_is_not_pulled_down_by_them() -> None:
    """Six weeks in which the effect comes already: as weeks before the training they would hide a part of it."""
    known, unknown = (
        [analysed(seed, World(22, takes=6, is_begin_known=is_known)) for seed in SOME] for is_known in (True, False))
    assert sum(covers(found, true) for found, true in known) >= 0.9 * len(SOME) - 1
    assert _mean(known) > 21 and _mean(unknown) < _mean(known) - 2


def _mean(told: list[tuple[Analysis, float]]) -> float:
    return fmean(found.measured.effect.pct for found, _true in told if found.measured.effect)


@pytest.mark.parametrize("world", [
    World(before_pct=0.3), World(anticipates_pct=10), World(worst_stop=6), World(outliers=0.02),
    World(lines=20, trained=4), World(autocorrelation=0.7),
], ids=["trend before", "more before the training", "the worst stop", "outliers", "four lines", "weeks hang together"])
def test_what_is_no_effect_is_not_claimed(world: World) -> None:
    told = [analysed(seed, world)[0] for seed in SOME]
    assert sum(not each.verdict.claims_effect for each in told) >= 0.9 * len(SOME)


@pytest.mark.parametrize("world", [World(trained=1), World(lines=6, trained=3), World(lines=5, trained=5)])
def test_too_few_lines_are_never_enough(world: World) -> None:
    found, _true = analysed(1, world)
    assert not found.verdict.claims_effect
