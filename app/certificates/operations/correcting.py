"""Late corrections: what a certificate says of the results, until its file is drawn."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.certificates import face
from app.certificates.models import IN_FORCE, Certificate
from app.completions import queries as completions
from app.platform import audit
from app.platform.db import db


def correct(completion_id: int) -> None:
    """Let the certificate in force say what its completion rests on now. One that is drawn stays as it was drawn."""
    certificate = db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.completion_id == completion_id, *IN_FORCE, Certificate.file_key.is_(None))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if certificate is None:
        return
    facts = face.facts(face.source(completions.completion(completion_id)))
    certificate.face = face.corrected(certificate.face, facts, certificate.language)
    audit.record(SYSTEM, "certificates.correct", f"certificate:{certificate.id}", completion=completion_id)
