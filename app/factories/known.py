"""What people are or were called, and how they were reached: what must be found wherever it was written down."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.factories.models import Employment, Person, PersonMerge, RosterImport
from app.factories.undo import read_undo
from app.platform.db import db

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """Of one person, in all its entries together."""

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """Everything that tells who it is."""
        return self.names | self.phones | self.emails

    def and_all(self, others: Iterable["Known"]) -> "Known":
        """This and the others as one."""
        every = [self, *others]
        return Known(
            frozenset().union(*(each.names for each in every)),
            frozenset().union(*(each.phones for each in every)),
            frozenset().union(*(each.emails for each in every)),
        )


def known(person_ids: Collection[int]) -> dict[int, Known]:
    """Entry -> what is known of its person, from the rows, from merges, and from the last staff list.

    The caller names every entry of a person: what one of them says is said of all. Two entries that were parted again
    are two people.
    """
    leads = roots(person_ids)
    said: dict[int, list[Told]] = defaultdict(list)
    for person_id, told in (*_by_rows(leads), *_by_merges(leads), *_by_imports(leads)):
        said[leads[person_id]].append(told)
    return {entry: _known(said[root]) for entry, root in leads.items()}


def roots(person_ids: Collection[int]) -> dict[int, int]:
    """Entry -> the entry that counts: itself, or the one that it turned out to be."""
    root = sa.func.coalesce(Person.merged_into_id, Person.id)
    return dict(db.session.execute(sa.select(Person.id, root).where(Person.id.in_(person_ids))).all())


def ever_joined(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Entry -> those of these people whose name it may have had for a while: themselves, and what they were joined with
    once, be it parted again."""
    found: dict[int, set[int]] = defaultdict(set, {each: {each} for each in person_ids})
    wanted = set(person_ids)
    pairs = sa.select(PersonMerge.winner_id, PersonMerge.loser_id)
    mine = sa.or_(PersonMerge.winner_id.in_(person_ids), PersonMerge.loser_id.in_(person_ids))
    for pair in db.session.execute(pairs.where(mine)):
        for entry in pair:
            found[entry].update(each for each in pair if each in wanted)
    return found


def _by_rows(leads: Collection[int]) -> Iterator[tuple[int, Told]]:
    columns = (Person.id, Person.name, Person.local_name, Person.phone, Person.email)
    for row in db.session.execute(sa.select(*columns).where(Person.id.in_(leads))).mappings():
        yield row["id"], dict(row)


def _by_merges(leads: Collection[int]) -> Iterator[tuple[int, Told]]:
    for merge in db.session.scalars(sa.select(PersonMerge).where(PersonMerge.winner_id.in_(leads))):
        told = merge.moved["person"]
        for when in ("before", "after") if merge.undone_at is None else ("before",):
            yield merge.winner_id, told.get(when, {})


def _by_imports(leads: Collection[int]) -> Iterator[tuple[int, Told]]:
    here = sa.select(Employment.factory_id).where(Employment.person_id.in_(leads))
    kept = sa.select(RosterImport.undo).where(RosterImport.factory_id.in_(here), RosterImport.undo.is_not(sa.null()))
    for undo in filter(None, db.session.scalars(kept)):
        for each in read_undo(undo).corrected:
            if each.row_id in leads:
                yield each.row_id, each.before
                yield each.row_id, each.after


def _known(told: list[Told]) -> Known:
    return Known(_words(told, "name", "local_name"), _words(told, "phone"), _words(told, "email"))


def _words(told: list[Told], *fields: str) -> frozenset[str]:
    return frozenset(each[name] for name in fields for each in told if each.get(name))
