"""Which sums may be shown of programmes: of enough people, out of enough factories, and none that tells of its parts.
Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.access.small_numbers import FEWEST
from app.reports.rules.facts import Split
from app.reports.sharing import rules
from app.reports.sharing.partners import guard
from app.reports.sharing.partners.guard import Open
from app.reports.sharing.rules import Told, Unit, down, up

FEWEST_FACTORIES = 5
"""Fewer factories than this are not told apart: who knows some of them could find the others."""
STEP = FEWEST * FEWEST_FACTORIES
"""Numbers of people are rounded to this: what is left open of a sum is then more than all its parts leave open."""
LARGEST = 0.8
"""No factory makes up more than this of a number: else the number is that factory's."""
SPLITS = (Split.SEX, Split.PROGRAMME)
Place = tuple[str, str]
"""A split and a value of it; both empty for all together."""
ALL: Place = ("", "")


class Line(StrEnum):
    """What is counted, in the order of the page."""

    FACTORIES = "factories"
    PERSONS = "persons"
    PARTICIPATIONS = "participations"
    CERTIFICATION = "certification"
    COVERAGE = "coverage"

    @property
    def is_share(self) -> bool:
        return self in {Line.CERTIFICATION, Line.COVERAGE}


class Why(StrEnum):
    """Why a number is not shown."""

    FACTORIES = "factories"
    """Too few of them are behind it, or one is nearly all of it."""
    GUARD = "guard"
    """With it, another one that is not shown could be found."""


@dataclass
class Number:
    """`top` of `whole`, of so many people."""

    top: int = 0
    whole: int = 0
    persons: int = 0

    def add(self, other: "Number") -> None:
        self.top += other.top
        self.whole += other.whole
        self.persons += other.persons

    @property
    def each(self) -> int:
        """How many of them somebody has, rounded up."""
        return max(1, -(-self.whole // max(1, self.persons)))


@dataclass
class Sum(Number):
    """A number, and how much of it comes from each factory; None for what comes from none."""

    factories: dict[int | None, Number] = field(default_factory=dict)

    def add_of(self, factory: int | None, number: Number) -> None:
        self.factories.setdefault(factory, Number()).add(number)

    def known(self) -> dict[int, int]:
        """Factories whose links say a number of people, and which."""
        return {key: down(each.persons) for key, each in self.factories.items() if key and each.persons >= FEWEST}


Cell = Told | Why


@dataclass(frozen=True)
class Settled:
    """What may be told of a number: at least `bound`, of a share that at most so many are missing; nothing where a
    reason is given.
    """

    number: int
    whole: int
    bound: int
    open: Open
    """What a reader does not know then."""
    why: Why | None = None
    factories: Mapping[int, int] = field(default_factory=dict)
    """Those that are told to be reached, and how many people their links say."""


def is_enough(sizes: Collection[int]) -> bool:
    """Whether no factory can be recognised in a sum of such parts."""
    return len(sizes) >= FEWEST_FACTORIES and max(sizes) <= LARGEST * sum(sizes)


def is_of_enough(line: Line, of: Sum) -> bool:
    """By nothing but what the links of the factories say, so that it tells nothing more."""
    return is_enough([down(_size(line, of.factories[key])) for key in of.known()])


def open_of(line: Line, of: Sum) -> Open:
    """What the links of all factories leave open of a number."""
    return guard.together([_left_open(line, each, key) for key, each in of.factories.items()])


def settled(line: Line, of: Sum, open_: Open, why: Why | None = None) -> Settled:
    """What may be told of a number of which a reader does not know so much."""
    number, bound = _number(line, of), 0
    if why is None and not is_of_enough(line, of):
        why = Why.FACTORIES
    if why is None:
        bound, open_ = _rounded(line, number, open_, _step(line, of))
    return Settled(number, of.whole, bound, open_, why, of.known())


def on(
    line: Line, total: Sum, programmes: Mapping[str, tuple[Sum, Open]], sexes: Mapping[str, Sum], *, is_apart: bool
) -> dict[Place, Settled]:
    """What may be told of a line in a quarter or on a day: of all, of each programme where these are told apart, and of
    each sex. One part of too few factories hides all parts: the others and the total would tell it; but a programme
    hides nothing while no link says anything there.
    """
    found: dict[Place, Settled] = {}
    is_hidden = any(of.known() and not is_of_enough(line, of) for of, _open in programmes.values())
    for name, (of, open_) in programmes.items() if is_apart else ():
        why = Why.GUARD if is_hidden and is_of_enough(line, of) else None
        found[Split.PROGRAMME, name] = settled(line, of, open_, why)
    opens = [each.open for each in found.values()] or [open_ for _of, open_ in programmes.values()]
    found[ALL] = whole = settled(line, total, guard.together(opens))
    fitting = {value: _is_enough_of(line, each, total.known()) for value, each in sexes.items()}
    is_told = whole.why is None and all(fitting.values())
    for value, each in sexes.items():
        why = None if is_told else Why.GUARD if fitting[value] else Why.FACTORIES
        known = up(each.whole, _step(line, each)) if line.is_share else 0
        found[Split.SEX, value] = Settled(_number(line, each), each.whole, known, guard.unknown(0), why)
    return found | _by_sex(line, found, sexes, whole.bound)


def longer(line: Line, quarters: Sequence[Mapping[Place, Settled]], sums: Mapping[Place, Sum]) -> dict[Place, Settled]:
    """What may be told of a line in several quarters: of those in which it is told. Programmes and sexes say what their
    quarters say alone, added up, and so tell nothing more; who came in several quarters is one person.
    """
    if len(quarters) == 1:
        return dict(quarters[0])
    found: dict[Place, Settled] = {}
    for place in {place for each in quarters for place in each}:
        of = [each[place] for each in quarters if place in each]
        told, hidden = [each for each in of if each.why is None], [each for each in of if each.why]
        lost = sum(each.whole for each in hidden) if line.is_share else 0
        number = sum(each.number for each in told) + lost
        bound = sum(each.bound for each in told) + lost
        open_ = guard.together([*(each.open for each in told), guard.known_to(lost, lost)])
        if place == ALL and told:
            bound, open_ = _rounded(line, number, open_, _step(line, sums[place]))
        if line is Line.PERSONS:
            least = max((each.bound for each in told), default=0)
            years = _open_of_years(quarters, sums, place, max([least, *(each.open.least for each in told)]))
            bound = min(bound, max(least, guard.at_least(sums[place].persons, years, STEP)[0]))
        factories = {key: number for each in told for key, number in each.factories.items()}
        found[place] = Settled(number, sums[place].whole, bound, open_, None if told else of[0].why, factories)
    if line is not Line.PERSONS:
        return found
    sexes = {value: each.bound for (split, value), each in found.items() if split == Split.SEX}
    bounds = guard.shared_out(found[ALL].bound, dict.fromkeys(sexes, 0), sexes)
    return found | {(Split.SEX, each): replace(found[Split.SEX, each], bound=bounds[each]) for each in sexes}


def _open_of_years(
    quarters: Sequence[Mapping[Place, Settled]], sums: Mapping[Place, Sum], place: Place, least: int
) -> Open:
    """What is open of the people of several quarters, of whom somebody came in several: by what the links of the year
    and of its quarters say, and by nothing else. No link tells sexes apart.
    """
    parts = [_open_of_year(quarters, key, sums[ALL].factories[key]) for key in sums[place].factories]
    if place[0] == Split.SEX:
        parts = [guard.unknown(each.most) for each in parts]
    of = guard.together(parts)
    return replace(of, least=max(of.least, least))


def _open_of_year(quarters: Sequence[Mapping[Place, Settled]], factory: int | None, of: Number) -> Open:
    """Its link says of the year at most what it says of the quarters together: more than that may have come."""
    if factory is None:
        return guard.unknown(of.persons)
    said = [each[ALL].factories.get(factory, 0) for each in quarters]
    told = min(down(of.persons), sum(said))
    most = told + FEWEST - 1 if told < sum(said) else sum(said) + (FEWEST - 1) * len(said)
    return guard.known_to(max(told, *said), most)


def cell(line: Line, of: Number, found: Settled, people: int) -> Cell:
    """How a number reads. Nothing is said of fewer than twenty-five people; `people` are those that are behind it for
    sure.
    """
    if found.why is not None:
        return found.why
    if line is Line.FACTORIES:
        return Told(Unit.COUNT, len(found.factories))
    if not line.is_share:
        return Told(Unit.COUNT, (found.bound if people >= STEP else 0) or None)
    step = _step(line, of)
    return rules.share_of(down(of.whole, step) if people >= STEP else 0, found.bound, step)


def _by_sex(
    line: Line, settled: Mapping[Place, Settled], sexes: Mapping[str, Sum], limit: int
) -> dict[Place, Settled]:
    """Sexes say no more together than the total. None says "all" where that does not: who knows how many men a factory
    has could find those who are missing there.
    """
    sign, known, wanted = -1 if line.is_share else 1, {}, {}
    for value, of in sexes.items():
        one, step = settled[Split.SEX, value], _step(line, of)
        known[value] = sign * one.bound
        wanted[value] = -max(up(one.number, step), min(limit, step)) if line.is_share else down(one.number, step)
    bounds = guard.shared_out(sign * limit, known, wanted)
    return {(Split.SEX, each): replace(settled[Split.SEX, each], bound=sign * bounds[each]) for each in sexes}


def _number(line: Line, of: Number) -> int:
    """What is rounded of it: people, what they took part in, or what is missing of a share."""
    if line.is_share:
        return of.whole - of.top
    return of.whole if line is Line.PARTICIPATIONS else of.persons


def _size(line: Line, of: Number) -> int:
    return of.whole if line.is_share or line is Line.PARTICIPATIONS else of.persons


def _is_enough_of(line: Line, of: Sum, known: Collection[int]) -> bool:
    """What comes of no factory gives none away."""
    sizes = [_size(line, each) for key, each in of.factories.items() if key in known]
    return not of.factories.keys() - {None} or is_enough(sizes)


def _step(line: Line, of: Number) -> int:
    """Where somebody has several, more of them are one step."""
    return STEP * of.each if line.is_share else STEP


def _rounded(line: Line, number: int, open_: Open, step: int) -> tuple[int, Open]:
    return guard.at_most(number, open_, step) if line.is_share else guard.at_least(number, open_, step)


def _left_open(line: Line, of: Number, factory: int | None) -> Open:
    """What the link of a factory leaves open (`sharing.rules`)."""
    number = _number(line, of)
    if factory is None:
        return guard.unknown(of.whole if line.is_share else number)
    if of.persons < FEWEST:
        return guard.known_to(0, of.whole if line.is_share else (FEWEST - 1) * of.each)
    if not line.is_share:
        return guard.known_to(down(number), down(number) + FEWEST - 1)
    step = FEWEST * of.each
    most = up(number, step)
    if down(of.whole, step) - most < step:
        return guard.known_to(max(0, down(of.whole, step) - step + 1), of.whole)
    return guard.known_to(max(0, most - step + 1), most)
