"""From facts to figures. Pure: what a figure says, and which may be shown to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.access.small_numbers import FEWEST
from app.quizzes.results.rules import Pairs, gain
from app.quizzes.results.rules.groups import shown_groups
from app.reports.rules.facts import Fact, FactKind, Known, Split, Sums, values_of


class Indicator(StrEnum):
    """What is reported (DOMAIN 5.4), in the order of the page. What each counts stands in `definitions`."""

    PERSONS = "persons"
    PARTICIPATIONS = "participations"
    PERSON_DAYS = "person_days"
    HOURS = "hours"
    COMPLETION = "completion"
    CERTIFICATION = "certification"
    GAIN = "gain"
    SATISFACTION = "satisfaction"
    BEHAVIOUR = "behaviour"
    COVERAGE = "coverage"
    COMMITTEES = "committees"
    COMMITTEE_WOMEN = "committee_women"
    FACTORIES = "factories"
    SEMINARS = "seminars"
    ROADMAPS = "roadmaps"
    PROMOTION = "promotion"
    COST_SHARE = "cost_share"
    CASCADE_B = "cascade_b"
    CASCADE_C = "cascade_c"


class Shape(StrEnum):
    """How a figure is read."""

    COUNT = "count"
    """So many."""
    NUMBER = "number"
    """So many, perhaps a half."""
    SHARE = "share"
    """`top` of `of`."""
    GAIN = "gain"
    """A difference of two shares: its mean over `of` pairs, and the interval that holds it in 95 of 100 samples."""
    MONEY = "money"
    """`top` of `of` minor units of the currency `word`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What sums of facts come to."""

    top: float
    of: int = 0
    low: float | None = None
    high: float | None = None
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report. `split` and `value` say of whom it is; both are empty for everybody together."""

    indicator: Indicator
    split: str
    value: str
    word: str
    said: Said
    people: int | None = None
    """Of how many people it speaks; None where it speaks of none."""
    is_hidden: bool = False
    """It speaks of too few people for whoever reads it."""

    @property
    def share(self) -> float | None:
        return self.said.top / self.said.of if self.said.of else None


def count(sums: Sums, name: str) -> Said:
    """One of the sums."""
    return Said(getattr(sums, name))


def share(sums: Sums, top: str, of: str) -> Said:
    """One of the sums, of another."""
    return Said(getattr(sums, top), getattr(sums, of))


def gained(sums: Sums) -> Said:
    """Mean gain of matched pairs with its interval; without one for a single pair. Source: Student's t."""
    if not sums.rows:
        return Said(0.0)
    before, after = sums.before / sums.rows, sums.after / sums.rows
    found = gain(Pairs(sums.rows, sums.before, sums.after, sums.before_squares, sums.apart_squares), least=2)
    low, high = (found.low, found.high) if found else (None, None)
    return Said(after - before, sums.rows, low, high, before, after)


def changed(sums: Sums) -> Said:
    """Mean over factories of what changed between their mean shares: each factory counts once."""
    if not sums.rows:
        return Said(0.0)
    before, after = sums.before / sums.rows, sums.after / sums.rows
    return Said(after - before, sums.rows, before=before, after=after)


Key = tuple[FactKind, str, str, str]
"""Kind, split, value of the split, and word: of costs the currency, for two are never added."""


def added(
    facts: Iterable[Fact], splits: Mapping[FactKind, Sequence[Split]], known: Known
) -> dict[Key, Sums]:  # fmt: skip
    """Facts added up: all together, and by each split of their kind."""
    found: dict[Key, Sums] = {}
    for fact in facts:
        for split, value in _places(fact, splits[fact.kind], known):
            found.setdefault((fact.kind, split, value, fact.word), Sums()).add(fact)
    return found


def _places(fact: Fact, splits: Sequence[Split], known: Known) -> Iterable[tuple[str, str]]:
    yield "", ""
    for split in splits:
        yield from ((split, value) for value in values_of(fact, split, known))


NESTED = frozenset({Split.FACTORY, Split.COUNTRY})
"""Splits whose parts lie within parts of another, or hold them: a part that is hidden in one could be found by what
the other shows, so whoever may not see people is not told these apart."""


def guarded(figures: Sequence[Figure]) -> list[Figure]:
    """Figures of one indicator - everybody, and one split - as whoever may not see people reads them.

    Hidden is what speaks of fewer than five people, or leaves fewer than five out, and so many more that none of these
    can be found by subtraction.
    """
    parts = {figure.value: _weight(figure) for figure in figures if figure.split}
    shown = shown_groups({value: size for value, size in parts.items() if size is not None})
    return [
        replace(each, is_hidden=_is_small(each) or (bool(each.split) and each.value not in shown))
        if each.people else each
        for each in figures
    ]  # fmt: skip


def _weight(figure: Figure) -> int | None:
    """A part that says too much by itself weighs nothing but one person."""
    if figure.people is None:
        return None
    return 1 if figure.people and _is_small(figure) else figure.people


def _is_small(figure: Figure) -> bool:
    if not figure.people:
        return False
    if figure.people < FEWEST:
        return True
    said = figure.said
    is_share = said.of and said.before is None and figure.indicator is not Indicator.SATISFACTION
    return bool(is_share) and (0 < said.top < FEWEST or 0 < said.of - said.top < FEWEST)


_DECIMALS = 6


def rounded(said: Said) -> Said:
    """As files and programs read it, the same on every engine: sums in another order differ in the last digits."""
    numbers = {name: getattr(said, name) for name in ("top", "low", "high", "before", "after")}
    near: dict[str, Any] = {
        name: round(each, _DECIMALS) + 0.0 for name, each in numbers.items() if isinstance(each, float)
    }  # and never -0.0
    return replace(said, **near)


def stored(figure: Figure) -> dict[str, Any]:
    """A figure as a frozen period keeps it."""
    said = figure.said
    return {
        "indicator": figure.indicator.value, "split": figure.split, "value": figure.value, "word": figure.word,
        "people": figure.people, "top": said.top, "of": said.of, "low": said.low, "high": said.high,
        "before": said.before, "after": said.after,
    }  # fmt: skip


def read(kept: Mapping[str, Any]) -> Figure:
    """A figure from how a frozen period keeps it."""
    said = Said(*(kept[name] for name in ("top", "of", "low", "high", "before", "after")))
    return Figure(
        Indicator(kept["indicator"]), kept["split"], kept["value"], kept["word"], said, kept["people"]
    )
