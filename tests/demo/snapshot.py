"""What is in a database, for comparing."""

from hashlib import sha256

import sqlalchemy as sa

from app.platform.db import Base, db

UNTOLD = {"sign_in", "rate_counter"}
"""Last-seen times and counted tries are kept of reads, too."""


def fingerprints() -> dict[str, str]:
    """A digest of each table that only changes when somebody does something."""
    return {
        table.name: sha256(repr(db.session.execute(sa.select(table).order_by(table.c.id)).all()).encode()).hexdigest()
        for table in Base.metadata.sorted_tables
        if table.name not in UNTOLD
    }
