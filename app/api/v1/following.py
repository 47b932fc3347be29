"""Reading a list in the order in which its entries changed, so that nothing that changes is ever missed.

A row gets its moment when it is written and is seen when its transaction ends, so a later moment may be seen first. An
answer therefore ends where nothing can come in between any more: before the beginning of every transaction that still
writes. Whoever reads needs no overlap, and what was told is told again only once it has changed again.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.api.v1.rules import Place
from app.platform.clock import now
from app.platform.db import db
from app.platform.db.types import UtcDateTime

MARGIN = timedelta(seconds=5)
"""How far the clocks of our machines may be apart, and the time between reading the clock and the first write."""

_OLDEST_WRITER = sa.text(
    "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_xid IS NOT NULL AND backend_type = 'client backend'"
)


class NotLookedUp(FunctionElement[int]):
    """A column by which SQLite shall not look rows up: it does not know how many there are, and would rather sort all
    that is in sight than read a page in the order of changes. PostgreSQL has counted.
    """

    type = sa.Integer()
    inherit_cache = True


@compiles(NotLookedUp)
def _as_it_is(element: Any, compiler: Any, **named: Any) -> str:
    return str(compiler.process(element.clauses, **named))


@compiles(NotLookedUp, "sqlite")
def _without_index(element: Any, compiler: Any, **named: Any) -> str:
    return f"+{compiler.process(element.clauses, **named)}"


def after(written_at: Any, key: Any, place: Place) -> sa.ColumnElement[bool]:
    """What comes after a place in the order of changes, asked so that the index over both columns begins there."""
    if place.changed_at is None:
        return sa.true()
    there = sa.tuple_(sa.literal(place.changed_at, UtcDateTime()), sa.literal(place.last_id))
    return sa.tuple_(written_at, key) > there


def settled() -> datetime:
    """Until when everything is seen that was written. One statement, on PostgreSQL alone: SQLite has one writer.

    Call it before the statement that reads: a writer that is gone by then is seen by it.
    """
    oldest = None
    if db.session.get_bind().dialect.name == "postgresql":
        oldest = db.session.scalar(_OLDEST_WRITER)
    return min(now(), oldest or now()) - MARGIN
