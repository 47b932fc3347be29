"""One ORM session per app context; the caller's wrapper commits, operations never do."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import Session as SaSession

from app.platform.db.base import Base

T = TypeVar("T")


class RoutedSession(Session):
    """Reads by default; after `begin_writing` its transaction begins as a writer."""

    def get_bind(self, *args: Any, **kwargs: Any) -> sa.Engine | sa.Connection:
        if self.bind is not None:  # a test that keeps everything inside one connection
            return self.bind
        # Asked for by every statement. One engine for all that the session writes: another would open a second
        # connection, which waits for the first.
        kept = "writer" if self.info.get("writes") else "reader"
        if kept not in self.info:
            self.info[kept] = self._engine(*args, **kwargs)
        engine: sa.Engine | sa.Connection = self.info[kept]
        return engine

    def _engine(self, *args: Any, **kwargs: Any) -> sa.Engine | sa.Connection:
        engine = super().get_bind(*args, **kwargs)
        if self.info.get("writes") and isinstance(engine, sa.Engine):
            return _writer(engine, self.info.get("patience"))
        return engine


@lru_cache(maxsize=4)
def _writer(engine: sa.Engine, patience: int | None) -> sa.Engine:
    """The engine, with the same connections, for a session that writes."""
    return engine.execution_options(writes=True, patience=patience)


db = SQLAlchemy(model_class=Base, session_options={"class_": RoutedSession}, disable_autonaming=True)


def run(statement: sa.Executable, values: Mapping[str, Any] | None = None) -> sa.CursorResult[Any]:
    """Run a statement of columns that was built once, in the session's transaction, for a third of what the session
    itself takes. For the few paths that everybody goes at once.
    """
    session = db.session()
    session.flush()  # what the session has not written yet is read too
    return session.connection().execute(statement, values)


def begin_writing(session: SaSession) -> None:
    """Say before a session's first statement that its transaction will write."""
    session.info["writes"] = True


@contextmanager
def transaction() -> Iterator[None]:
    """One writing transaction around a verb called from the CLI, the worker or a script."""
    begin_writing(db.session())
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        db.session.remove()


def read_aside(work: Callable[[SaSession], T]) -> T:
    """Read in a short transaction of its own: what a changing request must know before its own first statement, while
    nobody holds the write lock yet.
    """
    session = db.session.session_factory()
    try:
        return work(session)
    finally:
        session.close()


def in_own_transaction(work: Callable[[SaSession], T], *, patience: int | None = None) -> T:
    """Do `work` in a short transaction of its own, which stays even when the caller's is rolled back.

    Call it only while the caller holds no write lock: on SQLite there is one. `patience` are the milliseconds to wait
    for it, the usual ten seconds when left out; then an OperationalError is raised.
    """
    session = db.session.session_factory()
    begin_writing(session)
    session.info["patience"] = patience
    try:
        result = work(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    else:
        return result
    finally:
        session.close()
