"""What pages show of a comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.effect import labels
from app.effect.models import EffectResult
from app.effect.plots import Course, course
from app.effect.rules import Interval, Period
from app.effect.stored import kept_analysis
from app.factories.labels import SEXES
from app.factories.rules import Sex
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language


@dataclass(frozen=True)
class EffectShown:
    """A comparison in words, as a plot and in numbers, with everything that a reader must know."""

    sentence: str
    claims: bool
    reasons: Sequence[str]
    warnings: Sequence[str]
    effect: Interval | None
    plot: Course | None
    periods: Sequence[Period]
    sexes: Sequence[tuple[Any, Interval]]
    naive: str
    made_at: datetime
    first: date | None
    last: date | None
    inputs: str
    """The first letters of what went in: the same weeks and trainings have the same."""


def show(row: EffectResult, marks: Mapping[str, str]) -> EffectShown:
    """A comparison that was made. `marks` are those of what holds now: where other data went in, nothing is claimed."""
    assert row.found is not None and row.made_at is not None
    if row.found.get("marks") != marks:
        return _old(row, row.made_at)
    found = kept_analysis(row.found)
    measured = found.measured
    naive = labels.per_cent(measured.naive_pct) if measured.naive_pct is not None else ""
    plot = course(measured.periods, is_mirrored=direction(current_language()) == "rtl")
    sexes = [(SEXES[Sex(sex)], each) for sex, each in measured.by_sex.items()]
    return EffectShown(
        labels.sentence(found), found.verdict.claims_effect, labels.reasons(found.verdict),
        [str(labels.WARNINGS[each]) for each in found.verdict.warnings], measured.effect,
        plot, measured.periods, sexes, naive, row.made_at, found.first, found.last, (row.inputs_sha256 or "")[:12])


def _old(row: EffectResult, made_at: datetime) -> EffectShown:
    said = _(
        "Weeks or trainings have changed since the lines were compared, so nothing can be said until they are compared "
        "again. That happens by itself within a day.")
    return EffectShown(said, False, [], [], None, None, [], [], "", made_at, None, None, (row.inputs_sha256 or "")[:12])
