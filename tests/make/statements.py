"""Counting SQL statements."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.platform.db import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that ran inside, without those that only mark savepoints."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
