"""What factories hold of a person: who it is, and where he or she worked."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories import erasing
from app.factories.merging.rows import Exported, Moved, Rows, Tables, plain
from app.factories.merging.rules import Stint, untangle
from app.factories.models import CommitteeMember, Employment, NotTheSame, Person, PersonMerge
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


class FactoriesData(Tables):
    """Employments go over; those at one factory that overlap are fitted together. The loser becomes an alias."""

    tables = (
        Rows(Employment, Employment.person_id),
        Rows(CommitteeMember, CommitteeMember.person_id, (CommitteeMember.committee_id, CommitteeMember.starts_on)),
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner the employments, and make the loser and all its aliases lead to the winner."""
        ends = _fit(loser_id, winner_id)
        aliases = _ids(Person.merged_into_id == loser_id)
        moved = super().move(loser_id, winner_id)
        _lead([loser_id, *aliases], winner_id)
        return {**moved, "ends": ends, "aliases": aliases}

    def restore(self, loser_id: int, moved: Moved) -> None:
        """Raises Refused when an employee number that would hold again is somebody else's by now."""
        _refuse_taken_numbers([int(key) for key, (before, _after) in moved["ends"].items() if before is None])
        for key, (before, after) in moved["ends"].items():
            db.session.execute(
                sa.update(Employment)
                .where(Employment.id == int(key), Employment.ended_on == date.fromisoformat(after))
                .values(ended_on=date.fromisoformat(before) if before else None)
            )
        super().restore(loser_id, moved)
        _lead(moved["aliases"], loser_id)
        _lead([loser_id], None)

    def export(self, person_id: int) -> Exported:
        """The person, the employments, the committees, and what was said of two entries being one person or two."""
        merges = sa.or_(PersonMerge.winner_id == person_id, PersonMerge.loser_id == person_id)
        apart = sa.or_(NotTheSame.first_id == person_id, NotTheSame.second_id == person_id)
        return {
            "person": Rows(Person, Person.id, hidden=frozenset({"search_text"})).export(person_id),
            **super().export(person_id),
            "person_merge": _shown(PersonMerge, merges),
            "not_the_same": _shown(NotTheSame, apart),
        }

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """A code instead of names and employee numbers; no telephone, no address. Sex, band and work stay countable."""
        return erasing.take_out(person_ids)


def _fit(loser_id: int, winner_id: int) -> dict[str, list[str | None]]:
    """Employment -> its end before and after, where two at one factory overlap."""
    rows = db.session.scalars(
        sa.select(Employment).where(Employment.person_id.in_([loser_id, winner_id])).with_for_update()
    ).all()
    at: dict[int, list[Stint]] = defaultdict(list)
    for row in rows:
        at[row.factory_id].append(Stint(row.id, row.started_on, row.ended_on, row.person_id == winner_id))
    new = {key: end for stints in at.values() for key, end in untangle(stints).items()}
    before = {row.id: row.ended_on for row in rows}
    for key, end in new.items():
        db.session.execute(sa.update(Employment).where(Employment.id == key).values(ended_on=end))
    return {str(key): [plain(before[key]), end.isoformat()] for key, end in new.items()}


def _refuse_taken_numbers(ids: list[int]) -> None:
    other = sa.orm.aliased(Employment)
    taken = (
        sa.select(Employment.id)
        .join(other, sa.and_(other.factory_id == Employment.factory_id, other.number_key == Employment.number_key))
        .where(Employment.id.in_(ids), other.id != Employment.id, other.ended_on.is_(None))
    )
    if db.session.scalar(taken.limit(1)) is not None:
        raise Refused(_("This cannot be undone any more: an employee number belongs to somebody else by now."))


def _ids(condition: sa.ColumnElement[bool]) -> list[int]:
    return list(db.session.scalars(sa.select(Person.id).where(condition).order_by(Person.id)))


def _lead(person_ids: list[int], winner_id: int | None) -> None:
    db.session.execute(sa.update(Person).where(Person.id.in_(person_ids)).values(merged_into_id=winner_id))


def _shown(model: Any, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in model.__table__.columns if column.name != "moved"]
    found = db.session.execute(sa.select(*columns).where(condition).order_by(model.id))
    return [{name: plain(value) for name, value in row._mapping.items()} for row in found]


PERSON_DATA = FactoriesData()
