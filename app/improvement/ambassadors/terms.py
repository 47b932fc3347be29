"""When terms of ambassadors hold, as the database sees it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.factories.models import Employment
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import Term


def left_on() -> sa.ScalarSelect[date | None]:
    """The first day after the start of a term on which the person did not work at the factory; NULL when there is none.

    A change of line or role ends one employment on the day on which the next begins: nobody left.
    """
    ended, goes_on = aliased(Employment), aliased(Employment)
    stays = sa.exists().where(
        goes_on.person_id == ended.person_id, goes_on.factory_id == ended.factory_id,
        goes_on.started_on <= ended.ended_on,
        sa.or_(goes_on.ended_on.is_(None), goes_on.ended_on > ended.ended_on),
    )  # fmt: skip
    return (
        sa.select(sa.func.min(ended.ended_on))
        .where(
            ended.person_id == Ambassador.person_id, ended.factory_id == Ambassador.factory_id,
            ended.ended_on > Ambassador.starts_on, ~stays,
        )
        .correlate(Ambassador)
        .scalar_subquery()
    )  # fmt: skip


def holds_on(day: date) -> sa.ColumnElement[bool]:
    """Terms that hold on a day."""
    left = left_on()
    return sa.and_(
        Ambassador.starts_on <= day,
        sa.or_(Ambassador.ends_on.is_(None), Ambassador.ends_on >= day),
        sa.or_(left.is_(None), left > day),
    )


def term(row: Ambassador, left: date | None) -> Term:
    """The term of a row, given `left_on`."""
    return Term(row.starts_on, row.ends_on, left)
