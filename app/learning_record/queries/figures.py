"""How many took part, each level of evidence by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.factories.models import Person
from app.learning_record.models import RecordEntry, RecordParticipant
from app.learning_record.queries.wanted import Wanted, conditions, counting
from app.learning_record.rules import EvidenceLevel
from app.platform.db import db


@dataclass(frozen=True)
class Figure:
    """Participations - a person in a run -, how many of them are women, and people known by name."""

    participations: int = 0
    women: int = 0
    persons: int = 0
    imported: int = 0
    """How many of the participations were taken over from lists."""


def figures(wanted: Wanted) -> Mapping[EvidenceLevel, Figure]:
    """Of each level by itself: they are never added up. What was corrected does not count. Two statements."""
    taught = [*conditions(wanted), RecordEntry.level.is_not(None), counting()]
    imported = sa.case((RecordEntry.was_imported, RecordEntry.people), else_=0)
    sums = [sa.func.coalesce(sa.func.sum(each), 0) for each in (RecordEntry.people, RecordEntry.women, imported)]
    counts = db.session.execute(sa.select(RecordEntry.level, *sums).where(*taught).group_by(RecordEntry.level))
    took = (
        sa.select(RecordEntry.level, RecordParticipant.person_id)
        .join(RecordParticipant, RecordParticipant.entry_id == RecordEntry.id)
        .where(*taught)
    )
    own = sa.select(RecordEntry.level, RecordEntry.person_id).where(*taught, RecordEntry.person_id.is_not(None))
    each = sa.union(took, own).subquery()
    who = sa.func.coalesce(Person.merged_into_id, Person.id)
    by_name = db.session.execute(
        sa.select(each.c.level, sa.func.count(sa.distinct(who)))
        .select_from(each)
        .join(Person, Person.id == each.c.person_id)
        .group_by(each.c.level)
    )
    named: dict[EvidenceLevel, int] = {level: number for level, number in by_name}  # noqa: C416 - rows are no pairs
    sums_of = {level: (int(people), int(women), int(lists)) for level, people, women, lists in counts}
    return {
        level: Figure(*sums_of.get(level, (0, 0, 0))[:2], named.get(level, 0), sums_of.get(level, (0, 0, 0))[2])
        for level in EvidenceLevel if level in sums_of or level in named
    }  # fmt: skip
