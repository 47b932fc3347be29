"""Making sure that the ledger says what the facts say: all at once, or every night in slices."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from app.coverage.ledger import balances, settling
from app.coverage.ledger.models import Movement
from app.factories.models import Factory, Person
from app.platform.db import db

SLICE = 2_000
"""So many people, or factories, are settled in one transaction."""


@dataclass(frozen=True)
class Rebuilt:
    """How much was looked at, and what was missing."""

    people: int
    movements: int
    balances: int


def rebuild() -> Rebuilt:
    """Settle everybody, then make all balances anew. A ledger without a movement is opened as of the days of the facts.
    Twice in a row adds nothing.
    """
    is_empty = db.session.scalar(sa.select(Movement.id).limit(1)) is None
    people = added = 0
    for ids in slices(Person.id):
        people += len(ids)
        added += settling.settle_people(ids, "rebuild", opening=is_empty)
    for ids in slices(Factory.id):
        added += settling.settle_whole(ids, "rebuild", opening=is_empty)
    return Rebuilt(people, added, balances.make_anew())


def slices(key: sa.SQLColumnExpression[int], after: int = 0) -> Iterator[list[int]]:
    """The numbers of a table, slice by slice."""
    while ids := list(db.session.scalars(sa.select(key).where(key > after).order_by(key).limit(SLICE))):
        yield ids
        after = ids[-1]
