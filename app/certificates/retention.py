"""Certificates whose time has run out: they stay countable, and name nobody any more."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.certificates import face
from app.certificates.models import Certificate, CertificateNote
from app.certificates.rules import Reason
from app.factories.erasing import pseudonym
from app.factories.models import Factory, Person
from app.platform.clock import months_before, now
from app.platform.config import Settings
from app.platform.db import db

GONE = ""
"""In place of the key of a file that was deleted when its time had run out."""


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Certificates that ended - ran out, were revoked, or have no end and a pseudonymised person - long enough ago."""
    settings: Settings = current_app.extensions["settings"]
    before = months_before(now(), settings.keep_records_months)
    statement = (
        sa.select(Certificate.id)
        .join(Person, Person.id == Certificate.person_id)
        .where(_ended(before), sa.or_(Certificate.file_key.is_(None), Certificate.file_key != GONE))
        .order_by(Certificate.id)
    )
    if programmes is None:
        return statement
    return statement.join(Factory, Factory.id == Certificate.factory_id).where(Factory.programme_id.in_(programmes))


def _ended(before: datetime) -> sa.ColumnElement[bool]:
    endless = sa.and_(Certificate.valid_until.is_(None), Person.erased_at <= before)
    ended = (Certificate.valid_until, Certificate.revoked_at, Certificate.replaced_at)
    return sa.or_(*(moment <= before for moment in ended), endless)


def forget(certificate_ids: Collection[int]) -> list[str]:
    """Take the names off these certificates; answers the keys of their files. Number, course and days stay, and
    why they ended where that is a `rules.Reason`: a sentence may name somebody.
    """
    keys = []
    db.session.execute(sa.delete(CertificateNote).where(CertificateNote.certificate_id.in_(certificate_ids)))
    for row in db.session.scalars(sa.select(Certificate).where(Certificate.id.in_(certificate_ids))):
        keys += [key for key in (row.file_key, row.credential_key) if key]
        row.face = face.renamed(row.face, pseudonym(row.person_id))
        row.revoked_reason, row.suspended_reason = _known(row.revoked_reason), _known(row.suspended_reason)
        row.file_key = GONE
        row.credential_key = GONE if row.credential_key else None
    db.session.flush()
    return keys


def _known(reason: str | None) -> str | None:
    return reason if reason in list(Reason) else None
