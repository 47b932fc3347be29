"""Letting go, day by day."""

from functools import partial

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.certificates.models import Certificate
from app.factories.models import RosterImport
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs import Done, Outcome
from app.privacy import retention


def retain() -> Outcome:
    """Let go of what has been kept long enough."""
    return Done(_retain)


def delete_file(key: str) -> Outcome:
    """Delete a stored file, unless something else has the same content."""
    return Done(partial(_delete, key))


def _retain() -> None:
    retention.retain(SYSTEM)


def _delete(key: str) -> None:
    certificate = sa.select(Certificate.id).where(Certificate.file_key == key)
    roster = sa.select(RosterImport.id).where(RosterImport.file_key == key)
    if db.session.scalar(certificate.limit(1)) is None and db.session.scalar(roster.limit(1)) is None:
        files().delete(key)
