"""Reading a list in the order in which its entries changed, so that nothing that changes is ever missed.

A row gets its moment when it is written and is seen when its transaction ends, so a later moment may be seen first. An
answer therefore ends where nothing can come in between any more: before the beginning of every transaction that still
writes. Whoever reads needs no overlap, and what was told is told again only once it has changed again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

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


class _Latest(GenericFunction[datetime]):
    """The latest of several moments."""

    name = "greatest"
    type = UtcDateTime()
    inherit_cache = True


@compiles(_Latest, "sqlite")
def _latest_on_sqlite(element: Any, compiler: Any, **named: Any) -> str:
    return f"max({compiler.process(element.clauses, **named)})"


@dataclass(frozen=True)
class Part:
    """Rows that are told within an entry: whose they are, when they were written, and which of them."""

    of: Any
    written_at: Any
    such: Any = True


@dataclass(frozen=True)
class Changed:
    """What says when an entry changed: its own row, whose key is `key`, and the rows that are told within it."""

    key: Any
    written_at: Any
    parts: tuple[Part, ...] = ()

    @property
    def at(self) -> Any:
        """The moment."""
        if not self.parts:
            return self.written_at
        others = (
            sa.select(sa.func.max(part.written_at)).where(part.of == self.key, part.such).scalar_subquery()
            for part in self.parts
        )
        return _Latest(self.written_at, *(sa.func.coalesce(other, self.written_at) for other in others))

    def since(self, moment: datetime) -> sa.ColumnElement[bool]:
        """Whether it changed at a moment or later, asked so that indexes answer."""
        parts = (sa.select(part.of).where(part.written_at >= moment, part.such) for part in self.parts)
        return sa.or_(self.written_at >= moment, *(self.key.in_(part) for part in parts))

    def after(self, place: Place) -> sa.ColumnElement[bool]:
        """Whether it comes after a place in the order of changes."""
        if place.changed_at is None:
            return sa.true()
        is_later = sa.or_(self.at > place.changed_at, sa.and_(self.at == place.changed_at, self.key > place.last_id))
        return sa.and_(self.since(place.changed_at), is_later)


def settled() -> datetime:
    """Until when everything is seen that was written. One statement, on PostgreSQL alone: SQLite has one writer.

    Call it before the statement that reads: a writer that is gone by then is seen by it.
    """
    oldest = None
    if db.session.get_bind().dialect.name == "postgresql":
        oldest = db.session.scalar(_OLDEST_WRITER)
    return min(now(), oldest or now()) - MARGIN
