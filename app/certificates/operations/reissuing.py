"""Issuing anew: another certificate of the same completion, with what is known now. Both stay and are verified."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.certificates import queries
from app.certificates.events import CertificateReplaced
from app.certificates.models import IN_FORCE, Certificate
from app.certificates.operations.issuing import issue
from app.certificates.operations.noting import keep_note
from app.completions import operations as completions
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def reissue(
    actor: Actor, certificate_id: int, reason: str, note: str = "", *, of_revoked: bool = False
) -> Certificate:
    """Issue a certificate anew for a `rules.Reason`; answers the new one. The old one is replaced by it.

    `of_revoked`: one that somebody revoked by mistake is meant; what it certified counts again, and the old one stays
    revoked. Who does not know that it was revoked is told so. A second time answers the same new one. Raises NotFound;
    Refused while it is under review, and where a correction undid the completion.
    """
    certificate = queries.managed(actor, certificate_id)
    replaced = db.session.scalar(
        sa.update(Certificate)
        .where(Certificate.id == certificate.id, *IN_FORCE, Certificate.suspended_at.is_(None))
        .values(replaced_at=now(), replaced_reason=reason)
        .returning(Certificate.id)
        .execution_options(synchronize_session="fetch")
    )
    if replaced is None:
        return _otherwise(actor, certificate, reason, note, of_revoked=of_revoked)
    made = issue(certificate.completion_id)
    _lead(actor, certificate, made, reason, note)
    return made


def _otherwise(actor: Actor, certificate: Certificate, reason: str, note: str, *, of_revoked: bool) -> Certificate:
    db.session.refresh(certificate)
    if certificate.replaced_by_id is not None:
        return db.session.get_one(Certificate, certificate.replaced_by_id)
    if certificate.revoked_at is None:
        raise Refused(_("This certificate is under review. First end the review, or revoke it."))
    if not of_revoked:
        raise Refused(_("This certificate was revoked meanwhile. Open it again to see why."))
    if not completions.restore(actor, certificate.completion_id):
        raise Refused(
            _("A correction undid what it rests on. When the results are right again, come back and issue it anew.")
        )
    made = issue(certificate.completion_id)
    _lead(actor, certificate, made, reason, note)
    return made


def _lead(actor: Actor, old: Certificate, new: Certificate, reason: str, note: str) -> None:
    """Whoever has the old one finds the new one."""
    old.replaced_by_id = new.id
    keep_note(actor, old, note)
    audit.record(actor, "certificates.reissue", f"certificate:{old.id}", new=new.id, reason=reason)
    publish(CertificateReplaced(old.id, new.id))
