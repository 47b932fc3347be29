"""Where a requirement is measured against what the factory declared, and not against its staff list (DOMAIN 6.2)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from datetime import date

from app.coverage.ledger.facts.places import spots
from app.coverage.queries.declared import Declared
from app.coverage.queries.required import Required
from app.coverage.requirements.rules import Kind

Pair = tuple[int, int]
"""(factory, requirement)."""


def by_heads(
    said: Mapping[int, Declared], by_name: Set[int], named: Set[Pair], requirements: Collection[Required],
    on: date | None,
) -> set[Pair]:  # fmt: skip
    """What is asked, on a day or now, of factories of which nobody is known by name, and every quota: a quota is a
    share of the headcount. `by_name` are factories of which somebody is counted under any requirement; `named` are
    pairs in which somebody is: these are asked for certain. Six statements at most, none where all of it is certain.
    """
    of_roles: dict[int, list[Required]] = defaultdict(list)
    for each in requirements:
        if each.roles:
            of_roles[each.programme_id].append(each)
    found, unsure = set[Pair](), set[Pair]()
    for factory, heads in said.items():
        for each in of_roles[heads.programme_id]:
            if factory not in by_name:
                unsure.add((factory, each.id))
            elif each.kind is Kind.QUOTA:
                (found if (factory, each.id) in named else unsure).add((factory, each.id))
    places, _waived = spots({factory for factory, _number in unsure}) if unsure else ({}, {})
    for factory, number in unsure:
        spot = places.get(factory)
        if spot and any(piece.has(on or spot.today) for piece in spot.asked.get(number, ())):
            found.add((factory, number))
    return found
