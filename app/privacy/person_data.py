"""What the log holds of a person: ids and verbs, never names. It is never changed."""

from typing import Any

import sqlalchemy as sa

from app.factories.merging.rows import Exported, Rows, Tables, plain
from app.platform.audit.models import AuditEntry
from app.platform.db import db


class LogData(Tables):
    """What the person did; an export also shows what was done to the person."""

    tables = (Rows(AuditEntry, AuditEntry.person_id, moves=False),)

    def export(self, person_id: int) -> Exported:
        """Entries of the log by and about the person."""
        columns: list[Any] = list(AuditEntry.__table__.columns)
        about = sa.or_(AuditEntry.person_id == person_id, AuditEntry.subject == f"person:{person_id}")
        found = db.session.execute(sa.select(*columns).where(about).order_by(AuditEntry.id))
        return {"audit_entry": [{name: plain(value) for name, value in row._mapping.items()} for row in found]}


PERSON_DATA = LogData()
