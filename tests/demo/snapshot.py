"""What is in a database, for comparing."""

from hashlib import sha256

import sqlalchemy as sa

from app.platform.db import Base, db

UNTOLD = {"sign_in", "rate_counter"}
"""Last-seen times and counted tries are kept of reads, too."""


def fingerprints() -> dict[str, str]:
    """A digest of each table that only changes when somebody does something."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name not in UNTOLD]
    return {name: _digest(db.session.connection(), name) for name in names}


def _digest(connection: sa.Connection, name: str) -> str:
    """Of the rows as the driver has them: turning each into what the product works with takes far longer."""
    digest = sha256()
    rows = connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY id')
    for part in rows.cursor:
        digest.update(repr(part).encode())
    return digest.hexdigest()
