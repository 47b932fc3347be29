"""Splitting people into runs, and finding days on which all of their factories work. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

from app.factories.structure.rules import EngagementMode, SupportTier, is_rest_day
from app.sessions.conflicts.rules.people import most_away
from app.sessions.rules import Modality

HORIZON = 400
"""Days after which nobody looks for another one."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Crew:
    """The people of a factory who are in the role on one line - None: on no line -, and how many are not covered."""

    factory_id: int
    line_id: int | None
    people: int
    uncovered: int

    def most(self, one_in: int, largest: int) -> int:
        """How many of them one run may take: a line spares only some at a time (DOMAIN 7.4)."""
        return largest if self.line_id is None else min(largest, most_away(self.people, one_in))


@dataclass(frozen=True)
class Run:
    """How many people of each factory one run is for."""

    counts: Mapping[int, int]

    @property
    def people(self) -> int:
        return sum(self.counts.values())


def split_into_runs(crews: Iterable[Crew], largest: int, one_in: int) -> list[Run]:
    """As few runs as the group size and the lines allow, about equally large; everybody is in exactly one of them.

    `largest` is the group size of the course, at least 1; at most one in `one_in` people of a line is in the same run,
    and always one.
    """
    left = sorted(
        (crew for crew in crews if crew.uncovered),
        key=lambda crew: (-ceil(crew.uncovered / crew.most(one_in, largest)), crew.factory_id, crew.line_id or 0),
    )
    people = sum(crew.uncovered for crew in left)
    least = max([ceil(people / largest), *(ceil(crew.uncovered / crew.most(one_in, largest)) for crew in left)])
    runs: list[Counter[int]] = [Counter() for _ in range(least)]
    for crew in left:
        _spread(runs, crew, crew.most(one_in, largest), largest)
    return [Run(dict(run)) for run in runs if run]


def _spread(runs: list[Counter[int]], crew: Crew, most: int, largest: int) -> None:
    """Put the people of a crew into the emptiest runs, not more of them than may be in one."""
    sent: Counter[int] = Counter()
    for _person in range(crew.uncovered):
        free = [each for each, run in enumerate(runs) if sent[each] < most and run.total() < largest]
        if not free:
            runs.append(Counter())
            free = [len(runs) - 1]
        chosen = min(free, key=lambda each: (runs[each].total(), each))
        runs[chosen][crew.factory_id] += 1
        sent[chosen] += 1


def without_reserved(crews: Iterable[Crew], reserved: Mapping[int, int]) -> list[Crew]:
    """The crews less the places that their factories hold already, whoever will take them."""
    left, found = dict(reserved), []
    for crew in crews:
        taken = min(crew.uncovered, left.get(crew.factory_id, 0))
        left[crew.factory_id] = left.get(crew.factory_id, 0) - taken
        found.append(replace(crew, uncovered=crew.uncovered - taken))
    return found


def fitting_days(
    first: date, count: int, rests: Collection[Collection[int]], holidays: Collection[date], apart: int = 1
) -> list[date]:
    """The first so many days, at least `apart` days from each other, on which every factory works.

    `rests` are the weekly rest days of each factory, `holidays` every holiday: a provisional one is not planned on
    either. Fewer days than asked for when there are no more before the horizon.
    """
    found: list[date] = []
    day, last = first, first + _DAY * HORIZON
    while len(found) < count and day < last:
        if any(is_rest_day(day, rest, holidays) for rest in (*rests, ())):
            day += _DAY
        else:
            found.append(day)
            day += _DAY * apart
    return found


def way(mode: str | None, tier: str | None, allowed: Collection[str]) -> Modality:
    """How people of a factory are trained: as it is engaged now; where both ways are open, the more support it needs
    the more in person (DOMAIN 2.8). A course that is held in one way alone is held so.
    """
    ways = [each for each in (Modality.IN_PERSON, Modality.VIRTUAL) if not allowed or each.value in allowed]
    if len(ways) == 1:
        return ways[0]
    if mode == EngagementMode.VIRTUAL or (mode == EngagementMode.HYBRID and tier == SupportTier.STANDARD):
        return Modality.VIRTUAL
    return Modality.IN_PERSON


def together(ways: Iterable[Modality]) -> Modality:
    """How a run is held whose factories are trained in these ways."""
    found = set(ways)
    return found.pop() if len(found) == 1 else Modality.HYBRID


@dataclass(frozen=True)
class Teacher:
    """Somebody who may teach, and when he cannot: other half-days as days, and leave as first and last day."""

    account_id: int
    name: str
    languages: frozenset[str] | None = None
    taught: frozenset[date] = frozenset()
    away: Sequence[tuple[date, date]] = field(default_factory=tuple)
    qualified: tuple[date, date | None] | None = None
    """From and to which day he may teach the course; None where the programme asks for nothing."""

    def can(self, days: Collection[date], language: str) -> bool:
        """Whether nothing that is known speaks against these days."""
        speaks = self.languages is None or language in self.languages
        is_away = any(first <= day <= last for first, last in self.away for day in days)
        return speaks and not is_away and not self.taught & set(days) and all(map(self._may, days))

    def _may(self, day: date) -> bool:
        if self.qualified is None:
            return True
        first, last = self.qualified
        return first <= day and (last is None or day <= last)
