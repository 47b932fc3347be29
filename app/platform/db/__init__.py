"""The database on either engine: SQLite by default, PostgreSQL where one machine is outgrown."""

from app.platform.db.base import Base
from app.platform.db.insert import insert
from app.platform.db.moments import of_one_moment, reading_one_moment
from app.platform.db.session import begin_writing, db, in_own_transaction, read_aside, run, transaction

__all__ = [
    "Base", "begin_writing", "db", "in_own_transaction", "insert", "of_one_moment", "read_aside", "reading_one_moment",
    "run", "transaction",
]  # fmt: skip
