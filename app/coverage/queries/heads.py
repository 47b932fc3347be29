"""Where a requirement is measured against what the factory declared, and not against its staff list (DOMAIN 6.2)."""

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
    of_roles = [each for each in requirements if each.roles]
    quotas = [each for each in of_roles if each.kind is Kind.QUOTA]
    known = said.keys() & by_name
    found = {(factory, each.id) for each in quotas for factory in known if (factory, each.id) in named}
    unsure = (said.keys() - by_name) | _unsure(quotas, known, named, requirements)
    places, _waived = spots(unsure) if unsure else ({}, {})
    for factory, spot in places.items():
        day = on or spot.today
        for each in quotas if factory in known else of_roles:
            if any(piece.has(day) for piece in spot.asked.get(each.id, ())):
                found.add((factory, each.id))
    return found


def _unsure(
    quotas: Collection[Required], known: Set[int], named: Set[Pair], requirements: Collection[Required]
) -> set[int]:
    """Factories with a staff list on which nobody has the roles of a quota of their programme."""
    programmes = {each.id: each.programme_id for each in requirements}
    own = {factory: programmes[number] for factory, number in named if number in programmes}
    return {
        factory for each in quotas for factory in known
        if (factory, each.id) not in named and own.get(factory, each.programme_id) == each.programme_id
    }  # fmt: skip
