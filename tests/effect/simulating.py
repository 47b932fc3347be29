"""Weeks of lines whose effect is known because it was put in, like those of the samples."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log, sqrt
from random import Random

from app.effect.rules import Line, Week, week_number

START = date(2025, 6, 30)


@dataclass(frozen=True)
class World:
    """How weeks come about. `effect_pct` is put on trained lines; `grows` lets it come over so many weeks."""

    effect_pct: float = 0.0
    lines: int = 40
    weeks: int = 52
    trained: int = 20
    sd: float = 0.09
    autocorrelation: float = 0.35
    trend_pct: float = 16.0
    trained_on: tuple[date, ...] = (date(2025, 11, 14), date(2026, 1, 23))
    grows: int = 0
    spread_pct: float = 0.0
    missing: float = 0.0
    outliers: float = 0.0
    anticipates_pct: float = 0.0
    """Lines make so much more from five weeks before their training on, whatever comes of it."""
    worst_stop: int = 0
    """So many trained lines, those that make least at the end, stop four weeks after their training."""
    takes: int = 0
    """Weeks from the first half-day to the completion: in them the effect comes, more with each."""
    is_begin_known: bool = True
    before_pct: float = 0.0
    """A trend of trained lines alone, per week: they would have gone away from the others without any training."""


def made(seed: int, world: World) -> tuple[list[Line], list[Week], float]:
    """Lines, weeks, and the mean effect that was put on trained weeks, in per cent."""
    chance = Random(seed)
    names = [f"l{number:02}" for number in range(world.lines)]
    trained = dict.fromkeys(chance.sample(names, world.trained))
    for name in trained:
        trained[name] = chance.choice(world.trained_on)
    lines = [Line(("f", name), trained.get(name), chance.choice("FM") if name in trained else None) for name in names]
    if world.takes and world.is_begin_known:
        lines = [replace(each, began_on=each.trained_on - timedelta(weeks=world.takes)) if each.trained_on else each
                 for each in lines]
    common = [chance.gauss(0, 0.03) + log(1 + world.trend_pct / 100) * week / 52 for week in range(world.weeks)]
    weeks, put = [], []
    for line in lines:
        base, noise = log(55) + chance.gauss(0, 0.15), chance.gauss(0, world.sd)
        own = log(1 + world.effect_pct / 100) + chance.gauss(0, world.spread_pct / 100)
        for week in range(world.weeks):
            noise = world.autocorrelation * noise + chance.gauss(0, world.sd * sqrt(1 - world.autocorrelation**2))
            monday = START + timedelta(weeks=week)
            since = week_number(monday) - week_number(line.trained_on) if line.trained_on else 0
            effect = own * (min(1.0, since / world.grows) if world.grows else 1.0) if since > 0 else 0.0
            if line.trained_on and -world.takes < since <= 0:
                effect = own * (since + world.takes) / world.takes
            drift = week * world.before_pct / 100 if line.trained_on else 0.0
            drift += log(1 + world.anticipates_pct / 100) if line.trained_on and since > -5 else 0.0
            far = chance.choice((-1.2, 1.2)) if chance.random() < world.outliers else 0.0
            if chance.random() < world.missing:
                continue
            if since > 0:
                put.append(effect)
            weeks.append(Week(line.key, monday, exp(base + common[week] + noise + effect + drift + far)))
    weeks = _without_the_worst(lines, weeks, world.worst_stop)
    return lines, weeks, 100 * (exp(sum(put) / len(put)) - 1) if put else 0.0


def _without_the_worst(lines: list[Line], weeks: list[Week], number: int) -> list[Week]:
    """What is left when lines stop because of what they make."""
    trained = {line.key: line.trained_on for line in lines if line.trained_on}
    made_last = {each.line: each.efficiency for each in weeks if each.line in trained}
    gone = sorted(made_last, key=made_last.__getitem__)[:number]
    return [each for each in weeks if each.line not in gone or each.monday < trained[each.line] + timedelta(weeks=4)]
