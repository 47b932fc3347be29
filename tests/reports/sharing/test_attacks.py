"""Whoever has read all that there is, and knows the rules: no number of one to four people can be computed from it.

The reader even knows how many people there are in all, which is shown nowhere. For small worlds every one is tried, and
those that look alike are put together; for large ones what each number leaves open of the others is added up.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

from app.reports.sharing import rules
from app.reports.sharing.partners.rules import FEWEST_FACTORIES, STEP, Line, Sum, said
from app.reports.sharing.rules import Aggregate, Sums
from tests.counts import IS_LONG

FEW = {1, 2, 3, 4}
SIZES = [(25, 25), (12, 9), (7, 5), (10, 13), (6, 4), (24, 21), *([(40, 8), (23, 31), (18, 5)] if IS_LONG else [])]


def read(persons: Sequence[int], certified: Sequence[int]) -> tuple[object, ...]:
    """All that a buyer reads of the quarters and of all of them together, where nobody came twice."""
    quarters = [Sums(each, each, each * 240, each, each, done) for each, done in zip(persons, certified, strict=True)]
    number, done = sum(persons), sum(certified)
    longer = rules.of_people(Sums(number, number, number * 240, number, number, done), quarters)
    return tuple(tuple(rules.of_people(each, [each]).values()) for each in quarters), tuple(longer.values())


def given_away(worlds: dict[object, list[set[int]]]) -> list[set[int]]:
    """What is known to be a number of one to four people by who has read the same as in all these worlds."""
    return [found for each in worlds.values() for found in each if found <= FEW]


@pytest.mark.parametrize("sizes", SIZES)
def test_who_is_certified_in_quarters_and_the_half_year(sizes: tuple[int, ...]) -> None:
    """Neither those who are nor those who are not, by who knows how many people took part."""
    found: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _place in range(2 * len(sizes))])
    for certified in product(*(range(size + 1) for size in sizes)):
        open_ = found[read(sizes, certified)]
        for place, (done, size) in enumerate(zip(certified, sizes, strict=True)):
            open_[2 * place].add(done)
            open_[2 * place + 1].add(size - done)
    assert given_away(found) == []


def test_who_took_part_in_the_quarters_of_a_year() -> None:
    found: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _place in range(4)])
    for persons in product(range(10), range(10), range(0, 10, 2), (0, 1, 4, 8)):
        open_ = found[read(persons, [0] * 4)]
        for place, number in enumerate(persons[:2]):
            open_[place].add(number)
    assert [each for worlds in found.values() for each in worlds[:2] if each <= FEW] == []


def test_who_came_or_went_between_two_days() -> None:
    """The same figure today and tomorrow, or of two buyers: never between one and four people more or fewer for sure."""
    shares: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _what in range(3)])
    days = [(top, of) for of in range(5, 24) for top in range(of + 1)]
    for (top, of), (later, of_later) in product(days, repeat=2):
        open_ = shares[rules.share(top, of), rules.share(later, of_later)]
        for place, change in enumerate((later - top, of_later - of, (of_later - later) - (of - top))):
            open_[place].add(abs(change))
    assert given_away(shares) == []
    counts: dict[object, list[set[int]]] = defaultdict(lambda: [set()])
    for before, after in product(range(40), repeat=2):
        counts[rules.people(before), rules.people(after)][0].add(abs(after - before))
    assert given_away(counts) == []


def programmes(random: Random) -> list[Sum]:
    """Parts of a whole: sexes, programmes or quarters, each of enough factories."""
    found = []
    for number in range(random.choice((2, 3, 4, 7))):
        of = {100 * number + each: random.choice((1, 4, 5, 9, 24, 49, 60)) for each in range(random.randint(FEWEST_FACTORIES, 8))}
        size = sum(of.values())
        missing = random.choice((0, 1, 2, 4, 24, 25, size // 2))
        found.append(Sum(max(0, size - missing), size, size, of))
    return found


def together(parts: Sequence[Sum]) -> Sum:
    return Sum(
        sum(each.top for each in parts), sum(each.whole for each in parts), sum(each.persons for each in parts),
        {key: number for each in parts for key, number in each.factories.items()},
    )  # fmt: skip


Range = tuple[int, int]


def possible(of: int, shown: object, say: Any) -> Range:
    """The least and the most of `of` that is said like this."""
    fitting = [number for number in range(of + 1) if say(number) == shown]
    return fitting[0], fitting[-1]


def narrowed(ranges: Sequence[Range], whole: Range) -> Iterator[Range]:
    """What is left of each of these, which add up to the whole."""
    least, most = sum(each[0] for each in ranges), sum(each[1] for each in ranges)
    for low, high in ranges:
        yield max(low, whole[0] - (most - high)), min(high, whole[1] - (least - low))


@pytest.mark.parametrize("seed", range(200 if IS_LONG else 25))
def test_parts_and_wholes_of_a_partner(seed: int) -> None:
    """Total minus women is not men: not of people, and not of those who are certified or covered, or not."""
    parts = programmes(Random(seed))
    whole = together(parts)
    for line in (Line.PERSONS, Line.PARTICIPATIONS, Line.COVERAGE):
        def told(of: Sum, number: int, line: Line = line) -> object:
            if line is Line.COVERAGE:
                return said(line, Sum(number, of.whole, of.persons, of.factories))
            return rules.people(number, STEP)

        value = "top" if line is Line.COVERAGE else "persons"
        sizes = [each.whole if line is Line.COVERAGE else 900 for each in parts]
        ranges = [possible(size, told(each, getattr(each, value)), lambda number, each=each: told(each, number)) for each, size in zip(parts, sizes, strict=True)]
        all_of = whole.whole if line is Line.COVERAGE else 9000
        total = possible(all_of, told(whole, getattr(whole, value)), lambda number: told(whole, number))
        for (low, high), size in zip(narrowed(ranges, total), sizes, strict=True):
            assert not (low >= 1 and high <= 4), (line, low, high)
            assert line is not Line.COVERAGE or not (size - high >= 1 and size - low <= 4), (size, low, high)


@pytest.mark.parametrize("seed", range(200 if IS_LONG else 25))
def test_a_country_minus_its_factories(seed: int) -> None:
    """Who has the links of all factories and sees the country, too, knows of none more than its link says."""
    random = Random(seed)
    of = {each: random.choice((1, 3, 4, 4, 9, 14)) for each in range(random.randint(FEWEST_FACTORIES, 12))}
    size = sum(of.values())
    value = said(Line.PERSONS, Sum(size, size, size, of)).value or 0
    ranges = [(rules.down(each), rules.down(each) + 4) for each in of.values()]
    assert list(narrowed(ranges, (value, value + 2 * STEP))) == ranges


def test_the_names_of_what_is_added_up() -> None:
    """Coverage stands for one day and is no sum of days; of everything else a longer period has the quarters behind it."""
    assert {*rules.of_people(Sums(), [Sums()])} == set(Aggregate) - {Aggregate.COVERAGE, Aggregate.COMMITTEES}
