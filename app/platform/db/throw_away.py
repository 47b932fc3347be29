"""A database that is gone afterwards: for showing what the product does without touching anybody's data."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.platform.db.base import Base
from app.platform.db.engine import engine_options, prepare
from app.platform.db.session import RoutedSession, db


@contextmanager
def throw_away() -> Iterator[None]:
    """Within this block `db.session` is that of an empty database in memory. For a command alone: it holds for the
    whole process."""
    url = sa.make_url("sqlite://")
    engine = sa.create_engine(url, poolclass=sa.StaticPool, **engine_options(url))
    prepare(engine)
    Base.metadata.create_all(engine)
    usual, db.session = db.session, db._make_scoped_session({"class_": RoutedSession, "bind": engine})
    try:
        yield
    finally:
        db.session.remove()
        db.session = usual
        engine.dispose()
