"""Ending: a revoked certificate stays as a tombstone; taking a completion back issues a new one."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.certificates.events import CertificateRevoked
from app.certificates.models import IN_FORCE, Certificate
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point


def revoke(completion_id: int, reason: str) -> None:
    """Revoke the certificate in force of a completion, if there is one. `reason` is a `rules.Reason` or a sentence."""
    revoked = db.session.scalar(
        sa.update(Certificate)
        .where(Certificate.completion_id == completion_id, *IN_FORCE)
        .values(revoked_at=now(), revoked_reason=reason)
        .returning(Certificate.id)
        .execution_options(synchronize_session="fetch")
    )
    if revoked is not None:
        audit.record(SYSTEM, "certificates.revoke", f"certificate:{revoked}", completion=completion_id)
        point("certificates.revoked")
        publish(CertificateRevoked(revoked))
