"""Bringing the ledger up to what the facts say: whatever differs is added, and nothing is ever taken away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.ledger import units
from app.coverage.ledger.facts import people as facts
from app.coverage.ledger.facts import whole
from app.coverage.ledger.facts.places import FACTORIES, Spot, Waivers, spots
from app.coverage.ledger.facts.reading import rows
from app.coverage.ledger.models import Movement
from app.coverage.ledger.rules import NAMES, Cell, Change, Counts, Facts, difference, timeline
from app.coverage.models import Requirement
from app.coverage.requirements.rules import Kind
from app.factories.models import Factory
from app.platform.db import db
from app.platform.faults import point

CHUNK = 500
"""So many people are settled with one set of statements."""

_COUNTS = [getattr(Movement, name) for name in NAMES]
_POSTED = sa.select(
    Movement.person_id, Movement.factory_id, Movement.requirement_id, Movement.day, Movement.part, Movement.sex,
    Movement.line_id, *_COUNTS,
).where(Movement.person_id.in_(facts.PEOPLE))  # fmt: skip
_WHOLE = sa.select(
    Movement.factory_id, Movement.requirement_id, Movement.day, Movement.line_id, Movement.units, Movement.met
).where(
    Movement.factory_id.in_(FACTORIES), Movement.person_id.is_(None)
)  # fmt: skip
_FACTORIES = (
    sa.select(Factory.id)
    .join(Requirement, Requirement.programme_id == Factory.programme_id)
    .where(Requirement.id == sa.bindparam("requirement"))
    .order_by(Factory.id)
)
_INSERT = sa.insert(Movement.__table__)  # type: ignore[arg-type]

Key = tuple[int, int, int | None]
"""Requirement, factory, person; without a person the factory as a whole."""


def settle_people(person_ids: Collection[int], cause: str, *, opening: bool = False) -> int:
    """Whatever these people are counted for, anywhere. Answers how many movements were added."""
    added = 0
    for ids in _chunks(sorted(set(person_ids))):
        added += _settle(ids, facts.factories_of(ids), cause, opening=opening)
    return added


def settle_factory(factory_id: int, cause: str, requirement_id: int | None = None) -> int:
    """Everybody who is counted at a factory, and the factory itself; of one requirement when it is given."""
    return _settle_factories([factory_id], cause, requirement_id)


def settle_requirement(requirement_id: int, cause: str) -> int:
    """Everybody at the factories of its programme."""
    own = [row.id for row in rows(_FACTORIES, {"requirement": requirement_id})]
    return _settle_factories(own, cause, requirement_id)


def settle_whole(factory_ids: Collection[int], cause: str, *, opening: bool = False) -> int:
    """Lines and events of factories: what is asked of each as a whole."""
    found, _waived = spots(factory_ids)
    return _settle_whole(found, None, cause, opening=opening)


def _settle_factories(factory_ids: Sequence[int], cause: str, requirement_id: int | None) -> int:
    added, wanted = 0, set(factory_ids)
    for ids in _chunks(facts.people_of(factory_ids)):
        there = {person_id: own & wanted for person_id, own in facts.factories_of(ids).items()}
        added += _settle(ids, there, cause, requirement_id, is_whole=False)
    found, _waived = spots(factory_ids, requirement_id)
    return added + _settle_whole(found, requirement_id, cause)


def _settle(
    person_ids: Sequence[int], there: Mapping[int, Collection[int]], cause: str, requirement_id: int | None = None, *,
    is_whole: bool = True, opening: bool = False,
) -> int:  # fmt: skip
    """These people at these factories. Ten statements at the most, however many they are."""
    places, waived = spots(set().union(*there.values()), requirement_id)
    if not places:
        return 0
    sexes = facts.hold(person_ids)  # what follows is read when nobody else can post for them
    kinds = {each.rule.kind for spot in places.values() for own in spot.asked.values() for each in own}
    known = facts.known(person_ids, sexes, kinds)
    posted = _posted(person_ids)
    new: list[dict[str, Any]] = []
    for person_id, factory_ids in there.items():
        for factory_id in factory_ids:
            if spot := places.get(factory_id):
                new += _of_person(person_id, spot, known, waived, posted, cause, opening)
    added = _post(new)
    if is_whole:
        changed = {row["factory_id"] for row in new if row["line_id"] is not None and row["valid"]}
        touched = {number: spot for number, spot in places.items() if number in changed}
        added += _settle_whole(touched, requirement_id, cause, opening=opening, only=Kind.UNIT)
    return added


def _of_person(
    person_id: int, spot: Spot, known: facts.Known, waived: Waivers, posted: Mapping[Key, Sequence[Change]],
    cause: str, opening: bool,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    place = person_id, spot.factory_id
    works, seats = known.works.get(place, ()), known.seats.get(place, ())
    held = [each.at(spot) for each in known.completed.get(person_id, ())]
    for requirement_id, asked in spot.asked.items():
        key = requirement_id, spot.factory_id, person_id
        before = posted.get(key, ())
        said = Facts(known.sexes.get(person_id), asked, works, seats, held, waived.get(key, ()))
        meant = timeline(said) if _may_count(said) else []
        yield from _rows(key, difference(meant, before), spot.today, cause, opening)


def _may_count(said: Facts) -> bool:
    """False for most people and requirements, at a glance: those whose role nobody asks about."""
    rules = [each.rule for each in said.asked]
    if said.seats and any(rule.kind in {Kind.BODY, Kind.PATHWAY} for rule in rules):
        return True
    roles = {role for rule in rules for role in rule.roles}
    return any(work.role in roles for work in said.works) or any(
        each.is_from_here and each.role in roles for each in said.held
    )


def _settle_whole(
    places: Mapping[int, Spot], requirement_id: int | None, cause: str, *, opening: bool = False,
    only: Kind | None = None,
) -> int:  # fmt: skip
    wanted = {only} if only else {Kind.UNIT, Kind.CADENCE}
    asked = {
        (number, factory_id): own
        for factory_id, spot in places.items()
        for number, own in spot.asked.items()
        if requirement_id in {None, number} and any(each.rule.kind in wanted for each in own)
    }
    kinds = {each.rule.kind for own in asked.values() for each in own}
    if not asked:
        return 0
    held = whole.hold({factory_id for _number, factory_id in asked})
    told = whole.read(held, {number for number, _factory_id in asked}, kinds)
    posted = _posted_whole(held)
    new: list[dict[str, Any]] = []
    for (number, factory_id), own in asked.items():
        if factory_id in held:
            key, spot = (number, factory_id, None), places[factory_id]
            meant = units.lines(own, told.lines(number, factory_id), spot.shifts) if Kind.UNIT in kinds else []
            if Kind.CADENCE in kinds:
                meant = [*meant, *units.cadence(own, told.events(factory_id))]
            new += _rows(key, difference(meant, posted.get(key, ())), spot.today, cause, opening)
    return _post(new)


def _rows(
    key: Key, changes: Iterable[Change], recorded_on: date, cause: str, opening: bool
) -> Iterator[dict[str, Any]]:
    """`opening`: the ledger begins with what is known now, as if each thing had been known on its day."""
    requirement_id, factory_id, person_id = key
    for change in changes:
        known_on = change.day if opening else recorded_on
        yield {
            "requirement_id": requirement_id, "factory_id": factory_id, "person_id": person_id,
            "part": str(change.cell.part) if change.cell.part else None, "sex": change.cell.sex,
            "line_id": change.cell.line_id, "day": change.day, "recorded_on": known_on,
            "booked_on": max(change.day, known_on), "cause": cause,
            **{name: getattr(change.counts, name) for name in NAMES},
        }  # fmt: skip


def _post(new: Sequence[dict[str, Any]]) -> int:
    if new:
        db.session.connection().execute(_INSERT, new)
        point("coverage.posted")
    return len(new)


def _posted(person_ids: Sequence[int]) -> Mapping[Key, Sequence[Change]]:
    found: dict[Key, list[Change]] = defaultdict(list)
    for person_id, factory_id, requirement_id, day, part, sex, line_id, *counts in rows(
        _POSTED, {"people": list(person_ids)}
    ):
        change = Change(day, Cell(part, sex, line_id), Counts(*counts))
        found[requirement_id, factory_id, person_id].append(change)
    return found


def _posted_whole(factory_ids: Collection[int]) -> Mapping[Key, Sequence[Change]]:
    found: dict[Key, list[Change]] = defaultdict(list)
    for factory_id, requirement_id, day, line_id, number, met in rows(_WHOLE, {"factories": list(factory_ids)}):
        change = Change(day, Cell(None, None, line_id), Counts(units=number, met=met))
        found[requirement_id, factory_id, None].append(change)
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
