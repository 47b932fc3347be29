"""What factories declared last: the denominator where there is no staff list, and the check where there is one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.headcounts.queries import COUNTING
from app.factories.models import Factory
from app.factories.rules import JobRole, Sex
from app.platform.db import run
from app.platform.db.types import UtcDateTime


@dataclass(frozen=True)
class Declared:
    """How many people of each role and sex there were on a day, at a factory of a programme."""

    programme_id: int
    as_of: date
    source: str
    counts: Mapping[tuple[JobRole, Sex | None], int]

    def of(self, roles: Collection[JobRole]) -> int:
        """People in these roles."""
        return sum(number for (role, _sex), number in self.counts.items() if role in roles)


_ROLES = {role.value: role for role in JobRole}
_SEXES: Mapping[str | None, Sex | None] = {None: None, **{sex.value: sex for sex in Sex}}


def _word(column: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[str]:
    """As it stands in the table: of thousands of rows each would be looked up among the members of the enum."""
    return sa.type_coerce(column, sa.String())


def _known() -> sa.Select[Any]:
    place = sa.func.row_number().over(partition_by=Headcount.factory_id, order_by=COUNTING)
    latest = (
        sa.select(Headcount.id, Headcount.factory_id, Headcount.as_of, Headcount.source, place.label("place"))
        .where(
            Headcount.factory_id.in_(sa.bindparam("factories", expanding=True)),
            Headcount.as_of <= sa.bindparam("day", type_=sa.Date()),
            Headcount.received_at <= sa.bindparam("moment", type_=UtcDateTime()),
        )
        .subquery()
    )
    return (
        sa.select(
            latest.c.factory_id, Factory.programme_id, latest.c.as_of, latest.c.source, _word(HeadcountCount.role),
            _word(HeadcountCount.sex), HeadcountCount.people,
        )
        .join(Factory, Factory.id == latest.c.factory_id)
        .join(HeadcountCount, HeadcountCount.headcount_id == latest.c.id)
        .where(latest.c.place == 1)
    )  # fmt: skip


_KNOWN = _known()


def declared(factory_ids: Collection[int], day: date, moment: datetime) -> dict[int, Declared]:
    """The last headcount of each factory as it was known at a moment. One statement."""
    found: dict[int, Declared] = {}
    counts: dict[int, dict[tuple[JobRole, Sex | None], int]] = {}
    rows: Any = run(_KNOWN, {"factories": list(factory_ids), "day": day, "moment": moment}).all()
    for factory_id, programme_id, as_of, source, role, sex, people in rows:
        own = counts.get(factory_id)
        if own is None:
            own = counts[factory_id] = {}
            found[factory_id] = Declared(programme_id, as_of, source, own)
        key = _ROLES[role], _SEXES[sex]
        own[key] = own.get(key, 0) + people
    return found
