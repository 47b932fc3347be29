"""What may be said of behaviour before and months after, factory by factory. Pure.

Source: DOMAIN 5.4, behaviour change: +6-month items against before, at matched factory level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from app.access.small_numbers import FEWEST
from app.quizzes.followups.rules import after
from app.quizzes.results.rules import Gain, Pairs, gain
from app.quizzes.surveys.rules import SurveyPhase

FEWEST_FACTORIES = 3
"""Below, an interval is not worth its name, and who knows one factory would know the other."""
SURE_FACTORIES = 10
"""Below, one factory moves the figure."""


@dataclass(frozen=True)
class Round:
    """A factory in one round: how many answered, and their mean share between 0 and 1."""

    people: int
    share: float


@dataclass(frozen=True)
class Matched:
    """The same question or test, of one factory, before and months after."""

    factory_id: int
    before: Round
    after: Round

    @property
    def counts(self) -> bool:
        """Never a factory of which fewer than five answered in either round."""
        return min(self.before.people, self.after.people) >= FEWEST


@dataclass(frozen=True)
class Changed:
    """The mean over factories of what changed in each, `found.n` of them; None for too few. `before` and `after` count
    answers."""

    found: Gain | None
    before: int
    after: int

    @property
    def is_few(self) -> bool:
        return self.found is not None and self.found.n < SURE_FACTORIES


def changed(matched: Sequence[Matched]) -> Changed:
    """Every factory counts once, however many of its people answered; of several tests its own mean counts."""
    factories: dict[int, list[Matched]] = {}
    for each in matched:
        if each.counts:
            factories.setdefault(each.factory_id, []).append(each)
    pairs = [(fmean(each.before.share for each in of), fmean(each.after.share for each in of))
             for of in factories.values()]
    sums = Pairs(
        len(pairs), sum(before for before, _after in pairs), sum(after for _before, after in pairs),
        sum(before**2 for before, _after in pairs), sum((after - before) ** 2 for before, after in pairs))
    asked = [each for of in factories.values() for each in of]
    return Changed(
        gain(sums, FEWEST_FACTORIES), sum(each.before.people for each in asked),
        sum(each.after.people for each in asked))


@dataclass(frozen=True)
class Asking:
    """When workers could answer, and when the training began and ended; None without any half-day."""

    phase: SurveyPhase
    opened_at: datetime
    closes_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    months_after: int | None

    @property
    def is_in_time(self) -> bool:
        """Before the training, or open within the weeks in which its supervisors are asked too: six months later,
        where the course says nothing else (DOMAIN 2.7)."""
        if self.began_at is None or self.ended_at is None:
            return False
        if self.phase is SurveyPhase.PRE:
            return self.opened_at < self.began_at
        wanted = after(self.ended_at, self.months_after)
        return self.opened_at < wanted.closes_at and self.closes_at > wanted.opens_at


@dataclass(frozen=True)
class Given:
    """How often each answer to an item was given by workers of a factory, before and after."""

    factory_id: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def options(given: Sequence[Given]) -> list[Changed]:
    """What changed in how often each answer is given, in their order. No answer is right: each stands for itself."""
    factories: dict[int, tuple[list[int], list[int]]] = {}
    for each in given:
        before, after = factories.setdefault(each.factory_id, ([0] * len(each.before), [0] * len(each.after)))
        for place, (early, late) in enumerate(zip(each.before, each.after, strict=True)):
            before[place] += early
            after[place] += late
    return [
        changed([Matched(factory, _round(before, place), _round(after, place))
                 for factory, (before, after) in factories.items()])
        for place in range(len(given[0].before) if given else 0)
    ]


def _round(counts: Sequence[int], place: int) -> Round:
    people = sum(counts)
    return Round(people, counts[place] / people if people else 0.0)

