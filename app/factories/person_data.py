"""What factories hold of a person: who it is, and where he or she worked."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories import erasing
from app.factories.merging.rows import Exported, Moved, Parting, Rows, Tables, plain
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
        jobs = sorted(self.tables[0].ids(loser_id) + self.tables[0].ids(winner_id))
        ends = _fit(loser_id, winner_id)
        aliases = _ids(Person.merged_into_id == loser_id)
        moved = super().move(loser_id, winner_id)
        _lead([loser_id, *aliases], winner_id)
        return {**moved, "ends": ends, "aliases": aliases, "jobs": jobs}

    def restore(self, parting: Parting) -> None:
        """Employments begun since go to whom their number belongs.

        Raises Refused when that cannot be told, or when a number that would hold again is somebody else's by now.
        """
        self.tables[0].give(_begun_by_loser(parting), parting.loser_id)
        super().restore(parting)
        _put_back_ends(parting)
        _lead(parting.moved["aliases"], parting.loser_id)
        _lead([parting.loser_id], None)

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


def _begun_by_loser(parting: Parting) -> list[int]:
    """Ids of employments that began since the merge under a number of the loser."""
    rows = db.session.scalars(
        sa.select(Employment)
        .where(Employment.person_id.in_([parting.winner_id, parting.loser_id]))
        .order_by(Employment.started_on, Employment.id)
    ).all()
    known, went = set(parting.moved["jobs"]), set(parting.moved["moved"].get("employment", []))
    is_losers = {(row.factory_id, row.number_key): row.id in went for row in rows if row.id in known}
    since = [row for row in rows if row.id not in known]
    if any((row.factory_id, row.number_key) not in is_losers for row in since):
        raise Refused(_("This cannot be undone any more: a new employment began since, and nobody can tell whose."))
    return [row.id for row in since if is_losers[row.factory_id, row.number_key]]


def _put_back_ends(parting: Parting) -> None:
    """As they were, unless somebody changed them since; one that goes on ends where the next began since."""
    new: dict[int, date | None] = {}
    for key, (before, after) in parting.moved["ends"].items():
        row = db.session.get_one(Employment, int(key), populate_existing=True)
        if row.ended_on == date.fromisoformat(after):
            new[row.id] = _end(row, date.fromisoformat(before) if before else None, parting.moved["jobs"])
    _refuse_taken_numbers([row_id for row_id, end in new.items() if end is None])
    for row_id, end in new.items():
        db.session.execute(sa.update(Employment).where(Employment.id == row_id).values(ended_on=end))


def _end(row: Employment, before: date | None, jobs: list[int]) -> date | None:
    next_ = db.session.scalar(
        sa.select(sa.func.min(Employment.started_on)).where(
            Employment.person_id == row.person_id,
            Employment.factory_id == row.factory_id,
            Employment.started_on >= row.started_on,
            Employment.id.not_in(jobs),
        )
    )
    return min(next_, before or next_) if next_ else before


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
