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
from app.reports.sharing.partners.rules import FEWEST_FACTORIES, STEP
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


@pytest.mark.parametrize("are_certified", [False, True])
def test_who_took_part_in_the_quarters_of_a_year(*, are_certified: bool) -> None:
    found: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _place in range(4)])
    for persons in product(range(10), range(10), range(0, 10, 2), (0, 1, 4, 8)):
        open_ = found[read(persons, persons if are_certified else [0] * 4)]
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


def parts_of_a_whole(random: Random) -> list[tuple[int, int]]:
    """Sexes, programmes or quarters: so many of how many."""
    found = []
    for _part in range(random.choice((2, 3, 4, 7))):
        size = sum(random.choice((1, 4, 5, 9, 24, 49, 60)) for _factory in range(random.randint(FEWEST_FACTORIES, 8)))
        found.append((max(0, size - random.choice((0, 1, 2, 4, 24, 25, size // 2))), size))
    return found


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
    parts = parts_of_a_whole(Random(seed))
    whole = sum(top for top, _size in parts), sum(size for _top, size in parts)

    def count(number: int, _size: int) -> object:
        return rules.people(number, STEP)

    def share(number: int, size: int) -> object:
        return rules.share(number, size, STEP)

    for say, longest in ((count, 9000), (share, 0)):
        ranges = [possible(longest or size, say(top, size), lambda number, size=size, say=say: say(number, size)) for top, size in parts]
        total = possible(longest or whole[1], say(*whole), lambda number, say=say: say(number, whole[1]))
        for (low, high), (_top, size) in zip(narrowed(ranges, total), parts, strict=True):
            assert not (low >= 1 and high <= 4), (low, high)
            assert longest or not (size - high >= 1 and size - low <= 4), (size, low, high)


def test_the_names_of_what_is_added_up() -> None:
    """Coverage stands for one day and is no sum of days; of everything else a longer period has the quarters behind it."""
    assert {*rules.of_people(Sums(), [Sums()])} == set(Aggregate) - {Aggregate.COVERAGE, Aggregate.COMMITTEES}
