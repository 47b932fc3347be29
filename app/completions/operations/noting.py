"""Results of units, written down; whatever they change is decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.completions import queries, rules
from app.completions.models import Completion, UnitResult
from app.completions.operations.deciding import decide, sender
from app.factories.models import Person
from app.platform.db import db, insert


def note_unit(
    *,
    person_id: int,
    training_id: int,
    version_id: int,
    unit_id: int,
    share: Fraction | Decimal,
    factory_id: int,
    at: datetime,
) -> None:
    """Store the share (0..1) that a person reached in a unit, and decide anew whether the course is complete.

    `at` is when it was reached; `factory_id` the factory that sent the person. Repeating it changes nothing. What an
    entry reached that turned out to be somebody else counts for that person.
    """
    reached = Reached(person_id, share, factory_id, at)
    note_units([reached], training_id=training_id, version_id=version_id, unit_id=unit_id)


@dataclass(frozen=True)
class Reached:
    """The share (0..1) that a person reached in a unit and when, and the factory that sent the person."""

    person_id: int
    share: Fraction | Decimal
    factory_id: int
    at: datetime


def note_units(reached: Collection[Reached], *, training_id: int, version_id: int, unit_id: int) -> None:
    """The same for many people at once, each of whom is there once: so many statements however many they are, but for
    those for whom something is complete by it, or no longer.
    """
    if not reached:
        return
    holders = _hold({each.person_id for each in reached})
    rows = [
        {
            "person_id": each.person_id, "training_id": training_id, "unit_id": unit_id,
            "share": rules.stored_share(each.share), "at": each.at,
        }
        for each in sorted(reached, key=lambda each: each.person_id)
    ]  # fmt: skip
    new = insert(UnitResult).values(rows)
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=["training_id", "person_id", "unit_id"],
            set_={"share": new.excluded.share, "at": new.excluded.at},
            where=UnitResult.share != new.excluded.share,
        )
    )
    _decide_all({holders[each.person_id]: each.factory_id for each in reached}, training_id, version_id)


def decide_anew(factories: Mapping[int, int], training_id: int, version_id: int) -> None:
    """Something else that the course asks for was done by these people, each sent by a factory: decide about them."""
    holders = _hold(factories)
    _decide_all({holders[each]: factory_id for each, factory_id in factories.items()}, training_id, version_id)


def _decide_all(factories: Mapping[int, int], training_id: int, version_id: int) -> None:
    for holder_id in _to_decide(factories, training_id, version_id):
        decide(holder_id, training_id, version_id, factories[holder_id])


def reconsider(person_id: int) -> None:
    """Decide anew about every training session in which a person has results: some came or went with another entry."""
    for each in queries.taken(person_id):
        if factory_id := sender(person_id, each.at):
            decide(person_id, each.training_id, each.version_id, factory_id)


def hold_person(person_id: int) -> int:
    """Two results of one person that arrive at once are decided one after the other. Answers who the person is."""
    return _hold([person_id])[person_id]


def _hold(person_ids: Collection[int]) -> dict[int, int]:
    """Whom each of these entries is, all of them held."""
    entry = aliased(Person)
    leads = sa.select(entry.merged_into_id).where(entry.id.in_(person_ids))
    theirs = sa.or_(Person.id.in_(person_ids), Person.id.in_(leads))
    rows = db.session.execute(
        sa.select(Person.id, Person.merged_into_id).where(theirs).order_by(Person.id).with_for_update(key_share=True)
    )
    leads_to = {row_id: merged_into_id for row_id, merged_into_id in rows}  # noqa: C416 - as rows are no pairs
    return {person_id: leads_to[person_id] or person_id for person_id in person_ids}


def _to_decide(person_ids: Collection[int], training_id: int, version_id: int) -> list[int]:
    """Those of these people for whom the training session is complete, or was until now."""
    needs, reached = queries.needs(version_id), queries.results_of(training_id, person_ids)
    completed = sa.select(Completion.person_id).where(
        Completion.person_id.in_(person_ids), Completion.training_id == training_id, Completion.withdrawn_at.is_(None)
    )
    done = set(db.session.scalars(completed))
    meeting = {each for each in person_ids if rules.is_complete(needs, reached[each])}
    return sorted(done | (meeting - queries.owing_evaluation(training_id, version_id, meeting) if meeting else set()))
