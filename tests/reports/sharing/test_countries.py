"""Whoever holds the links of all factories and sees the country, too, knows of no factory more than its link says.

The attacker knows the rules, and of a share how many people each factory has. Of one factory every number is tried, beside
all that the links of the others leave open together; those that read alike are put together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from app.reports.rules.facts import Split
from app.reports.sharing import rules as links
from app.reports.sharing.partners import guard, rules
from app.reports.sharing.partners.rules import ALL, Line, Number, Place, Sum
from tests.counts import IS_LONG

FEW = {1, 2, 3, 4}
People = tuple[tuple[int, int], tuple[int, int]]
"""Women and men of a factory: certified, and all."""
Quarter = Mapping[int, People]
LINES = (Line.FACTORIES, Line.PERSONS, Line.PARTICIPATIONS, Line.CERTIFICATION)


def sums_of(quarter: Quarter, programmes: int) -> dict[Place, Sum]:
    found: dict[Place, Sum] = defaultdict(Sum)
    for factory, people in quarter.items():
        for sex, (top, number) in zip("FM", people, strict=True):
            for place in (ALL, (Split.SEX, sex), (Split.PROGRAMME, str(factory % programmes))):
                if number or place[0] != Split.SEX:
                    found[place].add(Number(top, number, number))
                    found[place].add_of(factory, Number(top, number, number))
    return found


def settled(line: Line, sums: Mapping[Place, Sum], programmes: int) -> dict[Place, rules.Settled]:
    parts = {value: (of, rules.open_of(line, of)) for (split, value), of in sums.items() if split == Split.PROGRAMME}
    sexes = {value: of for (split, value), of in sums.items() if split == Split.SEX and line is not Line.FACTORIES}
    return rules.on(line, sums[ALL], parts, sexes, is_apart=programmes > 1)


def read_by_partner(quarters: Sequence[Quarter], programmes: int) -> Iterator[object]:
    """All pages: of each quarter, and of both together. Nobody comes twice."""
    apart = [sums_of(each, programmes) for each in quarters]
    whole: dict[Place, Sum] = defaultdict(Sum)
    for sums in apart:
        for place, of in sums.items():
            whole[place].add(of)
    pages = [[each] for each in apart] + ([apart] if len(apart) > 1 else [])
    for page in pages:
        of = whole if len(page) > 1 else page[0]
        of_line = {line: rules.longer(line, [settled(line, each, programmes) for each in page], of) for line in LINES}
        for line, found in of_line.items():
            for place in sorted(found):
                people = of[place].persons if line.is_share else of_line[Line.PERSONS][place].bound
                yield line, place, rules.cell(line, of[place], found[place], people)


@cache
def read_by_buyer(quarters: tuple[People, ...]) -> object:
    """All links of a factory."""
    apart = []
    for people in quarters:
        number, top = sum(each[1] for each in people), sum(each[0] for each in people)
        apart.append(links.Sums(number, number, number * 240, number, number, top))
    whole = links.Sums(*(sum(getattr(each, name) for each in apart) for name in links.Sums.__dataclass_fields__))
    return [links.of_people(each, [each]) for each in apart], links.of_people(whole, apart)


def filled(least: Sequence[int], most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every sum of numbers between these, the first ones filled first."""
    numbers = list(least)
    yield tuple(numbers)
    for place, number in enumerate(most):
        while numbers[place] < number:
            numbers[place] += 1
            yield tuple(numbers)


def with_rest(free: Sequence[People], rest: Sequence[Sequence[People]]) -> Iterator[Quarter]:
    """Each possibility of the first factory with each of the others together."""
    for others in rest:
        for here in free:
            yield {0: here, **dict(enumerate(others, 1))}


def shares(random: Random) -> list[Quarter]:
    """A quarter by who is certified. Its sum lies about a step of the scale, in which everything may be told."""
    sizes = [(random.choice((20, 30)), random.choice((20, 30))) for _factory in range(random.randint(4, 6))]
    least = [0, *(random.choice((0, 0, 1, 6)) for _factory in sizes[1:])]
    least[0] = random.choice((0, 1, 6, 11))
    rest = [
        [
            ((women - each + of_men, women), (men - of_men, men))
            for each, of_men, (women, men) in zip(missing, men_missing, sizes, strict=True)
        ]
        for missing in filled(least, [each + 4 if each else 0 for each in least])
        for men_missing in ([0] * len(sizes), [each // 2 for each in missing], missing)  # there are enough of both
    ]
    women, men = random.choice((3, 5, 8, 12)), random.choice((0, 1, 3))
    return [*with_rest([((a, women), (b, men)) for a in range(women + 1) for b in range(men + 1)], rest)]


def counts(random: Random) -> list[Quarter]:
    """A quarter by who came."""
    least = [random.choice((5, 5, 10)) for _factory in range(random.randint(4, 6))]
    least[0] = random.choice((5, 10, 15, 20))
    if random.random() < 0.3:
        least = [0 if random.random() < 0.2 else each for each in least]
    rest = [
        [((0, each - of_men), (0, of_men)) for each, of_men in zip(numbers, men, strict=True)]
        for numbers in filled(least, [each + 4 for each in least])
        for men in ([0] * len(least), [1] + [0] * (len(least) - 1), [each // 2 for each in numbers])
        if men[0] <= numbers[0]
    ]
    men = random.choice((0, 1, 3))
    return [*with_rest([((0, max(0, each - men)), (0, min(each, men))) for each in range(10)], rest)]


def given_away(worlds: Iterable[Sequence[Quarter]], programmes: int, *, is_of_shares: bool) -> list[Any]:
    """Numbers of one to four people of the first factory that are known for sure."""
    open_: dict[object, dict[Any, set[int]]] = defaultdict(lambda: defaultdict(set))
    for quarters in worlds:
        said = [read_by_buyer(tuple(each[factory] for each in quarters)) for factory in quarters[0]]
        found = open_[str(said), str(list(read_by_partner(quarters, programmes)))]
        for place, quarter in enumerate(quarters):
            number, top = (sum(each[which] for each in quarter[0]) for which in (1, 0))
            for what, value in (("certified", top), ("missing", number - top)) if is_of_shares else (("persons", number),):
                found[place, what].add(value)
    return [(key, numbers) for found in open_.values() for key, numbers in found.items() if numbers <= FEW]


@pytest.mark.parametrize("seed", range(60 if IS_LONG else 1))
@pytest.mark.parametrize("programmes", [1, 2])
@pytest.mark.parametrize("quarter", [shares, counts])
def test_all_links_and_the_country(quarter: Callable[[Random], list[Quarter]], programmes: int, seed: int) -> None:
    assert given_away(((each,) for each in quarter(Random(seed))), programmes, is_of_shares=quarter is shares) == []


@pytest.mark.skipif(not IS_LONG, reason="thousands of countries")
@pytest.mark.parametrize("seed", range(20 if IS_LONG else 1))
def test_two_quarters_and_the_half_year(seed: int) -> None:
    """In the second quarter all are certified but in the first factory."""
    random = Random(seed)
    first = shares(random)
    others = {each: tuple((number, number) for _top, number in people) for each, people in first[0].items() if each}
    women = random.choice((4, 5, 7))
    second: list[Quarter] = [{0: ((women - missing, women), (0, 0)), **others} for missing in range(women + 1)]
    assert given_away(product(first, second), random.choice((1, 2)), is_of_shares=True) == []


def test_the_attack_finds_what_is_left_open_without_a_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.Open, "allows", lambda _self, _bound: True)
    assert given_away(((each,) for each in counts(Random(5))), 1, is_of_shares=False)
