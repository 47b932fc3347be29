"""Whoever holds all links and sees the country: people who come in two quarters are one person in the half-year.

The attacker knows the rules. Every world that reads alike is as good for him as the true one: of the first factory each
is tried, beside those of the others that leave least open. What is the same in all of them, and one to four people, he
has found.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, product
from random import Random

import pytest

from app.reports.sharing import rules as links
from app.reports.sharing.partners import rules
from app.reports.sharing.partners.rules import ALL, Line, Number, Sum
from tests.counts import IS_LONG

FEW = {1, 2, 3, 4}
MOST = 14
SEEDS = range(100) if IS_LONG else (0, 70)
"""Where everything may be told of whoever can be counted in several quarters, 70 finds it, and 0 does not."""
Came = tuple[int, int, int]
"""How many came in the first quarter alone, in the second alone, and in both."""


@cache
def link(came: Came) -> str:
    """All that a buyer reads of it, of both quarters and of the half-year; all are certified."""
    first, second, both = came
    apart = [links.Sums(number, number, number * 240, number, number, number) for number in (first + both, second + both)]
    of = first + second + 2 * both
    whole = links.Sums(of, first + second + both, of * 240, of, first + second + both, of)
    return str([list(links.of_people(each, of_each).values()) for each, of_each in ((apart[0], apart[:1]), (apart[1], apart[1:]), (whole, apart))])


@cache
def alike() -> dict[str, list[Came]]:
    """Who can have come to a factory, by what its link says."""
    found = defaultdict(list)
    for came in product(range(MOST + 1), repeat=3):
        if came[0] + came[2] <= MOST and came[1] + came[2] <= MOST:
            found[link(came)].append(came)
    return found


def page(world: Sequence[Came]) -> tuple[object, ...]:
    """All that a partner reads of two quarters and of the half-year."""
    quarters = [_sum((came[which] + came[2],) * 2 for came in world) for which in (0, 1)]
    whole = _sum((first + second + 2 * both, first + second + both) for first, second, both in world)
    found = []
    for line in (Line.PERSONS, Line.PARTICIPATIONS):
        apart = [rules.on(line, of, {"": (of, rules.open_of(line, of))}, {}, is_apart=False) for of in quarters]
        found += [(each[ALL].why, each[ALL].bound) for each in (*apart, rules.longer(line, apart, {ALL: whole}))]
    return tuple(found)


def _sum(numbers: Iterator[tuple[int, int]]) -> Sum:
    found = Sum()
    for key, (of, persons) in enumerate(numbers, 1):
        found.add(Number(of, of, persons))
        found.add_of(key, Number(of, of, persons))
    return found


def asked(came: Came) -> dict[str, int]:
    """Of how many people nobody may learn for sure that they are one to four."""
    first, second, both = came
    return {
        "first": first + both, "second": second + both, "all": sum(came), "first alone": first, "second alone": second, "both": both,
    }  # fmt: skip


def _marks(came: Came) -> int:
    return came[0] + came[1] + 2 * came[2]


ENDS = (sum, _marks, lambda came: came[2], lambda came: came[0] + came[2], lambda came: came[1] + came[2])


def corners(kinds: Sequence[list[Came]]) -> list[tuple[Came, ...]]:
    """Of each kind somebody, all at one end of what its link leaves open; of those the ones nearest to another end."""
    ways = product(ENDS, ENDS, (1, -1), (1, -1))
    found = {
        tuple(min(kind, key=lambda came: (sign * end(came), turn * also(came))) for kind in kinds)
        for end, also, sign, turn in ways
    }  # fmt: skip
    return sorted(found)


def others(kinds: Sequence[list[Came]], random: Random) -> list[Came]:
    """The same, more or less near an end: there a sum tells most."""
    end, sign, size = random.choice(ENDS), random.choice((1, -1)), random.choice((1, 4, 30))
    return [min(random.choices(kind, k=size), key=lambda came: sign * end(came)) for kind in kinds]


def given_away(random: Random, tries: int) -> list[object]:
    """Numbers that the page tells of the first factory, and its link does not: no other world was found that reads
    alike.
    """
    kinds = list(alike().values())
    pool = random.sample(kinds, random.choice((1, 2)))
    here, rest = random.choice(kinds), [random.choice(pool) for _factory in range(random.randint(5, 6))]
    found: dict[object, list[Came]] = defaultdict(list)
    for _try in range(tries):
        came = random.choice(here)
        found[page([came, *others(rest, random)])].append(came)
    open_ = {name for name in asked(here[0]) if not {asked(came)[name] for came in here} <= FEW}
    return [
        (here, rest, read, name) for read, those in found.items() for name in open_
        if {asked(came)[name] for came in those} <= FEW and not _is_read_elsewhere(read, name, here, rest, random, tries)
    ]  # fmt: skip


def _is_read_elsewhere(read: object, name: str, here: list[Came], rest: Sequence[list[Came]], random: Random, tries: int) -> bool:
    free = [came for came in here if asked(came)[name] not in FEW]
    worlds = chain(product(free, corners(rest)), ((random.choice(free), others(rest, random)) for _try in range(10 * tries)))
    return any(page([came, *beside]) == read for came, beside in worlds)


def test_links_alone_tell_of_nobody() -> None:
    told = [(each[0], name) for each in alike().values() for name in asked(each[0]) if {asked(came)[name] for came in each} <= FEW]
    assert told == []


@pytest.mark.parametrize("seed", SEEDS)
def test_who_came_in_both_quarters(seed: int) -> None:
    assert given_away(Random(seed), 300) == []
