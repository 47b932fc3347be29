"""People who need not meet a requirement for a time, as they would stand if they had to."""

from collections.abc import Collection, Iterable, Mapping

from app.coverage.ledger.facts import people
from app.coverage.ledger.facts.places import spots
from app.coverage.ledger.rules import Facts, standing
from app.coverage.rules import Figure


def exempted(factory_ids: Collection[int], requirement_ids: Iterable[int]) -> Mapping[tuple[int, int], list[Figure]]:
    """One figure a person, by factory and requirement, today. Eight statements at the most, and two more for seats.

    Who is exempt holds a certificate or does not: a figure that must not say who is exempt counts them by that alone.
    """
    places, waived = spots(factory_ids)
    wanted = set(requirement_ids)
    named = [
        (requirement_id, places[factory_id], person_id)
        for (requirement_id, factory_id, person_id), stretches in waived.items()
        if person_id is not None and requirement_id in wanted and factory_id in places
        and any(each.has(places[factory_id].today) for each in stretches)
    ]  # fmt: skip
    if not named:
        return {}
    kinds = {each.rule.kind for number, spot, _person in named for each in spot.asked.get(number, ())}
    known = people.known({person_id for _number, _spot, person_id in named}, {}, kinds)
    found: dict[tuple[int, int], list[Figure]] = {}
    for requirement_id, spot, person_id in named:
        place = person_id, spot.factory_id
        held = [each.at(spot) for each in known.completed.get(person_id, ())]
        works, seats = known.works.get(place, ()), known.seats.get(place, ())
        stands = standing(Facts(None, spot.asked.get(requirement_id, ()), works, seats, held), spot.today)
        if stands and stands[1].active:
            cell, counts = stands
            figure = Figure(cell.sex, counts.active, counts.valid, role=cell.part)
            found.setdefault((spot.factory_id, requirement_id), []).append(figure)
    return found
