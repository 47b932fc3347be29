"""The two conditions of every figure - active in the role, valid at the moment -, each written once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

import sqlalchemy as sa

from app.coverage import rules
from app.coverage.models import Holding, Requirement
from app.coverage.queries.required import Required
from app.factories.models import Employment, Factory
from app.factories.queries import held_on
from app.factories.rules import JobRole
from app.platform.clock import now
from app.platform.db.types import UtcDateTime

Condition = sa.ColumnElement[bool]


class At:
    """A point in time for each programme, as SQL that depends on the factory's programme."""

    def __init__(self, zones: Mapping[int, str], on: date | None) -> None:
        present = now()
        self.instants = {programme: rules.instant(zone, on, present) for programme, zone in zones.items()}

    @property
    def day(self) -> sa.ColumnElement[date]:
        days = ((Factory.programme_id == key, sa.literal(at.day)) for key, at in self.instants.items())
        return sa.case(*days)

    def moment(self, *, soon: bool = False) -> sa.ColumnElement[object]:
        """The moment itself, or the end of the time that counts as soon."""
        more = rules.DUE_SOON if soon else rules.DUE_SOON * 0
        return sa.case(
            *(
                (Factory.programme_id == key, sa.literal(at.moment + more, UtcDateTime()))
                for key, at in self.instants.items()
            )
        )

    @property
    def is_active(self) -> Condition:
        """The employment holds on the day."""
        return held_on(cast("date", self.day))

    @property
    def has_begun(self) -> Condition:
        """The holding had begun and was not withdrawn."""
        moment = self.moment()
        return sa.and_(
            Holding.valid_from <= moment, sa.or_(Holding.withdrawn_at.is_(None), Holding.withdrawn_at > moment)
        )

    @property
    def is_valid(self) -> Condition:
        """`rules.is_valid`, in SQL."""
        return sa.and_(self.has_begun, sa.or_(Holding.valid_until.is_(None), Holding.valid_until > self.moment()))


def has_role(column: sa.SQLColumnExpression[JobRole | None], requirements: Iterable[Required]) -> Condition:
    """The role in the column is one that the requirement of the row speaks of."""
    return sa.or_(sa.false(), *(sa.and_(Requirement.id == row.id, column.in_(row.roles)) for row in requirements))


def holds(at: At) -> Condition:
    """Joins the holding that covers an employed person for the requirement of the row."""
    return sa.and_(
        Holding.person_id == Employment.person_id, Holding.course_id == Requirement.course_id, at.is_valid
    )


def works_in_role(at: At, person: sa.SQLColumnExpression[int], requirements: Sequence[Required]) -> Condition:
    """Joins the employment in the role, at the factory of the row, that a certified person still has."""
    return sa.and_(
        Employment.person_id == person,
        Employment.factory_id == Factory.id,
        at.is_active,
        has_role(Employment.role, requirements),
    )
