"""Ending: a revoked certificate stays as a tombstone; taking a completion back issues a new one."""

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.certificates import queries
from app.certificates.events import CertificateRevoked
from app.certificates.models import IN_FORCE, Certificate
from app.certificates.operations.noting import keep_note
from app.certificates.rules import Reason
from app.completions import operations as completions
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.refusal import Refused


def revoke(completion_id: int, reason: str) -> None:
    """Revoke the certificate in force of a completion, if there is one. `reason` is a `rules.Reason` or a sentence."""
    _revoke(SYSTEM, Certificate.completion_id == completion_id, reason)


def revoke_one(actor: Actor, certificate_id: int, reason: str, note: str = "") -> None:
    """Revoke a certificate for a `rules.Reason`; the note is for the office. What it certified counts no more.

    A second time changes nothing. Raises NotFound, and Refused for one that was issued anew.
    """
    certificate = queries.managed(actor, certificate_id)
    if _revoke(actor, Certificate.id == certificate.id, reason) is None:
        db.session.refresh(certificate)
        if certificate.revoked_at is None:
            raise Refused(_("This certificate was issued anew. Open the new one to revoke it."))
        return
    keep_note(actor, certificate, note)
    completions.annul(actor, certificate.completion_id)


def _revoke(actor: Actor, which: sa.ColumnElement[bool], reason: str) -> int | None:
    revoked = db.session.scalar(
        sa.update(Certificate)
        .where(which, *IN_FORCE)
        .values(revoked_at=now(), revoked_reason=reason)
        .returning(Certificate.id)
        .execution_options(synchronize_session="fetch")
    )
    if revoked is not None:
        known = reason if reason in list(Reason) else ""  # the log holds no sentences
        audit.record(actor, "certificates.revoke", f"certificate:{revoked}", reason=known)
        point("certificates.revoked")
        publish(CertificateRevoked(revoked))
    return revoked
