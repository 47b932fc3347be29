"""What a room holds of a person, told table by table: moved, put back, exported.

Each room lists its tables in `person_data.py`; `app.wiring` has one table of the rooms.
"""

import base64
import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import sqlalchemy as sa
from flask import current_app

from app.platform.db import Base, db

Planned = dict[str, dict[str, list[int]]]
"""Table -> ids of rows, under `moved`, `kept` - the winner has one of the same thing - and `logged` - never changed."""
Moved = dict[str, Any]
"""What a room needs to take a move back, as JSON: `moved` holds the ids of each table."""
Exported = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Parting:
    """One person becomes two again: what a room noted when they were joined, and when that was."""

    winner_id: int
    loser_id: int
    merged_at: datetime
    moved: Moved
    trainings: frozenset[int]
    """Training sessions whose seat goes back to the loser: whatever belongs to them goes back with it."""


class PersonData(Protocol):
    """What a room holds of a person."""

    def plan(self, loser_id: int, winner_id: int) -> Planned:
        """Which rows would go over to the winner, and which would stay where they are."""

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Do what `plan` says, and answer what `restore` needs."""

    def restore(self, parting: Parting) -> None:
        """Take a move back, with what was added since to the things that go back."""

    def export(self, person_id: int) -> Exported:
        """Every row that speaks of the person, by table, as plain data without secrets."""

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Take everything personal of these entries - and so of whole people - out for good.

        Answers the keys of files that are no longer needed.
        """


@dataclass(frozen=True)
class Rows:
    """One table. The loser's rows stay where `apart` is something that the winner has a row of already."""

    model: type[Base]
    person: Any
    """The column - or subquery - that says whose row it is."""
    apart: tuple[Any, ...] = ()
    training: Any = None
    """The column - or subquery - that says to which training session a row belongs, if to any."""
    hidden: frozenset[str] = frozenset()
    """Secrets that no export shows."""
    moves: bool = True
    """Append-only logs, and what belongs to a row that moves, stay: whoever reads them follows the alias."""

    @property
    def name(self) -> str:
        return str(self.model.__tablename__)

    def ids(self, person_id: int) -> list[int]:
        """Ids of the rows of a person, in order."""
        mine = sa.select(self.model.id).where(self.person == person_id)
        return list(db.session.scalars(mine.order_by(self.model.id)))

    def divide(self, loser_id: int, winner_id: int) -> tuple[list[int], list[int]]:
        """Ids of the loser's rows that may go over, and of those that must stay."""
        if not self.apart:
            return self.ids(loser_id), []
        of = sa.select(self.model.id, *self.apart).order_by(self.model.id)
        taken = {tuple(key) for _, *key in db.session.execute(of.where(self.person == winner_id))}
        rows = [(row_id, tuple(key) in taken) for row_id, *key in db.session.execute(of.where(self.person == loser_id))]
        return [row_id for row_id, stays in rows if not stays], [row_id for row_id, stays in rows if stays]

    def returning(self, parting: Parting) -> list[int]:
        """Ids of the winner's rows that go back: those that went over, more of the same thing, and all of a training
        session whose seat goes back. What the loser has one of already does not.
        """
        if not self.moves:
            return []
        of = sa.select(self.model.id, sa.null() if self.training is None else self.training, *self.apart)
        rows = [(row_id, place, tuple(key)) for row_id, place, *key in self._of(of, parting.winner_id)]
        went = set(parting.moved["moved"].get(self.name, ()))
        same = {key for row_id, _, key in rows if row_id in went and self.apart}
        taken = {tuple(key) for _, _, *key in self._of(of, parting.loser_id) if self.apart}
        return [
            row_id for row_id, place, key in rows
            if (row_id in went or key in same or place in parting.trainings) and key not in taken
        ]  # fmt: skip

    def _of(self, statement: sa.Select[Any], person_id: int) -> Sequence[Any]:
        return db.session.execute(statement.where(self.person == person_id).order_by(self.model.id)).all()

    def give(self, ids: Sequence[int], person_id: int) -> None:
        """Make the rows those of a person."""
        if ids:
            db.session.execute(
                sa.update(self.model).where(self.model.id.in_(ids)).values({self.person.key: person_id})
            )

    def export(self, person_id: int) -> list[dict[str, Any]]:
        """The rows as plain data."""
        table = self.model.__table__
        shown = [column for column in table.columns if column.name not in self.hidden]
        mine = self.model.id.in_(self.ids(person_id))
        found = db.session.execute(sa.select(*shown).where(mine).order_by(self.model.id))
        return [{name: plain(value) for name, value in row._mapping.items()} for row in found]


class Tables:
    """A room whose tables need no more than moving row by row."""

    tables: tuple[Rows, ...] = ()

    def plan(self, loser_id: int, winner_id: int) -> Planned:
        """Ids of each table that go over, and that stay."""
        divided = {rows.name: rows.divide(loser_id, winner_id) for rows in self.tables if rows.moves}
        stay = {rows.name: rows.ids(loser_id) for rows in self.tables if not rows.moves}
        return {
            "moved": {name: goes for name, (goes, _) in divided.items() if goes},
            "kept": {name: kept for name, (_, kept) in divided.items() if kept},
            "logged": {name: ids for name, ids in stay.items() if ids},
        }

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner what may go over."""
        moved = self.plan(loser_id, winner_id)["moved"]
        for rows in self.tables:
            rows.give(moved.get(rows.name, []), winner_id)
        return {"moved": moved}

    def restore(self, parting: Parting) -> None:
        """Give the loser back what went over."""
        for rows in self.tables:
            rows.give(rows.returning(parting), parting.loser_id)

    def export(self, person_id: int) -> Exported:
        """Every row, by table."""
        return {rows.name: rows.export(person_id) for rows in self.tables}

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Nothing: these tables hold ids, days and numbers only."""
        return []


def person_data() -> Mapping[str, PersonData]:
    """The rooms that hold something of people, as `app.wiring` lists them."""
    rooms: Mapping[str, PersonData] = current_app.extensions["person_data"]
    return rooms


def plain(value: Any) -> Any:
    """A value of a column as JSON has it."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
