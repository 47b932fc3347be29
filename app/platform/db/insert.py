"""INSERT that lets a unique constraint decide a race, in the words of either engine."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.platform.db.session import db


def insert(table: Any) -> Any:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`, for the engine in use."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
