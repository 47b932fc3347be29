"""Statements whose count of rows decides."""

import sqlalchemy as sa

from app.platform.db import db


def changed_rows(statement: sa.Update | sa.Delete) -> int:
    """Run the statement and answer how many rows it changed: a race has one winner."""
    return int(getattr(db.session.execute(statement), "rowcount", 0))
