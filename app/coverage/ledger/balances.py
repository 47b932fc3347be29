"""Closing of months, so that the figure of any day is one balance and the movements since. Balances never change."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from app.coverage.ledger.models import Balance, Movement
from app.coverage.ledger.rules import NAMES
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.db import db, run

DAY = timedelta(days=1)
_EVERY_MONTH = 12
"""So many months back each has a balance when all are made anew; before that each quarter has."""

_BALANCES = 4_917_301
"""The number of the lock; any will do that nothing else locks."""

_CELL = ("factory_id", "requirement_id", "part", "sex")
_LAST = sa.select(sa.func.max(Balance.until))
_FIRST = sa.select(sa.func.min(Movement.booked_on))
_ZONES = sa.select(Programme.zone).distinct()


def _closing() -> sa.Insert:
    """What the balance before says, and what was booked since."""
    before, until = sa.bindparam("before", type_=sa.Date()), sa.bindparam("until", type_=sa.Date())
    kept = sa.select(*(getattr(Balance, name) for name in (*_CELL, *NAMES))).where(Balance.until == before)
    booked = sa.select(*(getattr(Movement, name) for name in (*_CELL, *NAMES))).where(
        Movement.booked_on >= before, Movement.booked_on < until
    )
    both = sa.union_all(kept, booked).subquery()
    sums = [sa.func.sum(both.c[name]) for name in NAMES]
    cell = [both.c[name] for name in _CELL]
    lines = sa.select(until, *cell, *sums).group_by(*cell).having(sa.or_(*(each != 0 for each in sums)))
    return sa.insert(Balance).from_select(["until", *_CELL, *NAMES], lines)


_CLOSE = _closing()


def last() -> date | None:
    """The first day after the last month that was closed."""
    return run(_LAST).scalar()


def close_months() -> list[date]:
    """Close every month that is over everywhere and was not closed yet. Answers the days on which they were over."""
    _hold()
    begun, over = last() or run(_FIRST).scalar(), _over_everywhere()
    if begun is None or over is None:
        return []
    before = last() or date.min
    made: list[date] = []
    for until in _firsts(begun, over):
        if until > before:
            run(_CLOSE, {"before": before, "until": until})
            before, made = until, [*made, until]
    return made


def make_anew() -> int:
    """Every balance from the movements. Answers how many cells they have."""
    _hold()
    db.session.execute(sa.delete(Balance))
    begun, over = run(_FIRST).scalar(), _over_everywhere()
    if begun is None or over is None:
        return 0
    before = date.min
    for until in _firsts(begun, over):
        is_recent = (over.year - until.year) * 12 + over.month - until.month <= _EVERY_MONTH
        if is_recent or until.month in {1, 4, 7, 10}:
            run(_CLOSE, {"before": before, "until": until})
            before = until
    return db.session.scalar(sa.select(sa.func.count()).select_from(Balance)) or 0


def _hold() -> None:
    """Whoever else closes months or makes them anew waits until this transaction is over, and then sees what it made.

    On SQLite only one transaction writes at a time anyway.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_BALANCES)))


def _over_everywhere() -> date | None:
    """The first of the month that has begun everywhere, a whole day ago: whoever was writing then is done."""
    days = [today(zone) for zone in run(_ZONES).scalars()]
    return (min(days) - DAY).replace(day=1) if days else None


def _firsts(after: date, last_one: date) -> Iterator[date]:
    """The first of every month after a day, up to one of them."""
    each = (after.replace(day=1) + 31 * DAY).replace(day=1)
    while each <= last_one:
        yield each
        each = (each + 31 * DAY).replace(day=1)
