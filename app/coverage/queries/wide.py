"""Figures of a country, factory by factory, and of the world, programme by programme: added up in the database."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.queries.places import places
from app.coverage.queries.required import Required
from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.requirements.rules import WHOLE
from app.coverage.rules import Figure
from app.factories.models import Programme
from app.platform.db import db

_OF_COUNTRY = sums(("factory_id", "requirement_id"), Within.PROGRAMMES)
_OF_WHOLE = sums(("requirement_id",), Within.PROGRAMMES, of_some=True)


@dataclass(frozen=True)
class Met:
    """So much of so much: people, lines or events."""

    met: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None

    def __add__(self, other: "Met") -> "Met":
        return Met(self.met + other.met, self.of + other.of)


def of_country(programme_ids: Collection[int], on: date | None = None) -> dict[tuple[int, int], Figure]:
    """(factory, requirement) -> everybody together, by name, now or as printed when a day ended. Three statements. The
    caller has checked the programmes.
    """
    rows = db.session.execute(sa.select(Programme.id, Programme.zone).where(Programme.id.in_(programme_ids))).all()
    zones = {row.id: row.zone for row in rows}
    if not zones:
        return {}
    found = summed(_OF_COUNTRY, Within.PROGRAMMES, list(zones), until(zones, on))
    return {(row.factory_id, row.requirement_id): _figure(row) for row in found}


def world(requirements: Sequence[Required], zones: Mapping[int, str], on: date | None = None) -> Mapping[int, Met]:
    """Requirement - each is that of one programme - -> what the pages of all factories say together. `zones` are those
    of the programmes. Four statements to six; two more where lines or events are asked for, two where there are quotas,
    and six where factories have a headcount and nobody by name, or nobody in the roles of a quota. The caller has
    checked the programmes.
    """
    found: dict[int, Met] = defaultdict(Met)
    if not zones:
        return found
    whole = [each.id for each in requirements if each.kind in WHOLE]
    for row in summed(_OF_WHOLE, Within.PROGRAMMES, list(zones), until(zones, on), whole) if whole else ():
        found[row.requirement_id] = Met(row.met, row.units)
    for key, each in places([each for each in requirements if each.kind not in WHOLE], zones, on, ()).items():
        found[key.requirement_id] += Met(each.covered, each.active)
    return found


def _figure(row: Any) -> Figure:
    return Figure(
        None, row.active, row.valid, row.due, row.ever, row.lost, None, row.waived, row.units, row.met, row.due_90
    )
