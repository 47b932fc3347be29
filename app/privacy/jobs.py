"""Letting go, day by day."""

from functools import partial

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.certificates.models import Certificate
from app.factories.models import RosterImport
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs import Done, Outcome, enqueue
from app.privacy import retention


def retain(place: int = 0) -> Outcome:
    """Let go of a few of the kind at a place of the list, and ask for the next few in a job of its own."""
    return Done(partial(_retain, place))


def delete_file(key: str) -> Outcome:
    """Delete a stored file, unless something else has the same content."""
    return Done(partial(_delete, key))


def _retain(place: int) -> None:
    following = place if retention.let_go(SYSTEM, retention.KINDS[place]) else place + 1
    if following < len(retention.KINDS):
        enqueue("privacy.retain", place=following)


def _delete(key: str) -> None:
    is_its = sa.or_(Certificate.file_key == key, Certificate.credential_key == key)
    certificate = sa.select(Certificate.id).where(is_its)
    roster = sa.select(RosterImport.id).where(RosterImport.file_key == key)
    if db.session.scalar(certificate.limit(1)) is None and db.session.scalar(roster.limit(1)) is None:
        files().delete(key)
