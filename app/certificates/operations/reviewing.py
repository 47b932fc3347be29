"""Under review: a certificate is suspended, and holds again when the review is over."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.certificates import queries
from app.certificates.events import CertificateReinstated, CertificateSuspended
from app.certificates.models import IN_FORCE, Certificate
from app.certificates.operations.noting import keep_note
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def suspend(actor: Actor, certificate_id: int, reason: str, note: str = "") -> None:
    """Put a certificate under review for a `rules.Reason`; the note is for the office. What it certified still counts.

    A second time changes nothing. Raises NotFound, and Refused for one that was revoked or issued anew.
    """
    certificate = queries.managed(actor, certificate_id)
    is_new = _change(certificate, Certificate.suspended_at.is_(None), suspended_at=now(), suspended_reason=reason)
    if is_new:
        keep_note(actor, certificate, note)
        audit.record(actor, "certificates.suspend", f"certificate:{certificate.id}", reason=reason)
        publish(CertificateSuspended(certificate.id))


def reinstate(actor: Actor, certificate_id: int) -> None:
    """The review is over and the certificate holds. A second time changes nothing. Raises as `suspend` does."""
    certificate = queries.managed(actor, certificate_id)
    if _change(certificate, Certificate.suspended_at.is_not(None), suspended_at=None, suspended_reason=None):
        audit.record(actor, "certificates.reinstate", f"certificate:{certificate.id}")
        publish(CertificateReinstated(certificate.id))


def _change(certificate: Certificate, wanted: sa.ColumnElement[bool], **values: object) -> bool:
    """Whether the row was changed by us: of two at once one does it. Raises Refused for one that ended."""
    changed = db.session.scalar(
        sa.update(Certificate)
        .where(Certificate.id == certificate.id, *IN_FORCE, wanted)
        .values(**values)
        .returning(Certificate.id)
        .execution_options(synchronize_session="fetch")
    )
    if changed is None:
        db.session.refresh(certificate)
        if certificate.revoked_at is not None or certificate.replaced_at is not None:
            raise Refused(_("This certificate was revoked or issued anew. That stays."))
    return changed is not None
