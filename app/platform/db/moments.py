"""Many statements that see one moment of the database, whatever others write meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.platform.db.session import db


def of_one_moment(engine: sa.Engine) -> sa.Engine:
    """The engine, with the same connections: a transaction that reads sees the moment of its first statement."""
    if engine.dialect.name != "postgresql":
        return engine  # every transaction of SQLite does
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**options)


@contextmanager
def reading_one_moment() -> Iterator[None]:
    """What is read inside through `db.session` is of one moment; it cannot be written to. Rows that were loaded before
    are of before: load them again. Call it where nobody holds the write lock.
    """
    usual = db.session()
    usual.flush()
    binds = {} if usual.bind is not None else {"bind": of_one_moment(db.engine)}  # a test has one connection
    aside = db.session.session_factory(**binds)
    db.session.registry.set(aside)
    try:
        yield
        aside.commit()
    finally:
        db.session.registry.set(usual)
        aside.close()
