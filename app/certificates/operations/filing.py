"""The file of a certificate: exactly one is kept, whatever dies while it is made."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import SYSTEM
from app.certificates.events import CertificateReady
from app.certificates.models import IN_FORCE, Certificate, CertificateDraft
from app.certificates.verification.models import CertificateFile
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.jobs import enqueue

_IN_PEACE = timedelta(hours=1)
"""By then whoever was storing another draft has ended."""


def note_drafts(session: Session, certificate_id: int, file_keys: Collection[str]) -> None:
    """Say that these files are about to be stored: should nobody come back to them, they are found and deleted."""
    rows = [{"certificate_id": certificate_id, "file_key": key, "made_at": now()} for key in file_keys]
    known = ["certificate_id", "file_key"]
    session.execute(insert(CertificateDraft).on_conflict_do_nothing(index_elements=known), rows)


def note_file(
    certificate_id: int,
    file_key: str,
    *,
    left_out: bool,
    key_name: str | None = None,
    credential_key: str | None = None,
    face: dict[str, Any] | None = None,
) -> None:
    """Keep the drawn file, unless the certificate was revoked or drawn in the meantime.

    `left_out`: the local name could not be drawn and is not on the paper. `key_name`: the keys that sealed the file.
    `face`: what was drawn; when it was corrected in the meantime, it is drawn again.
    """
    now_says = sa.select(Certificate.face).where(Certificate.id == certificate_id).with_for_update(key_share=True)
    if face is not None and db.session.scalar(now_says) != face:
        enqueue("certificates.draw", certificate_id=certificate_id)
        put_away(certificate_id)
        return
    noted = db.session.execute(
        sa.update(Certificate)
        .where(Certificate.id == certificate_id, *IN_FORCE, Certificate.file_key.is_(None))
        .values(file_key=file_key, rendered_at=now(), key_name=key_name, credential_key=credential_key)
        .returning(Certificate.person_id, Certificate.completion_id)
    ).one_or_none()
    if noted is not None:
        row = insert(CertificateFile).values(certificate_id=certificate_id, digest=file_key, noted_at=now())
        db.session.execute(row.on_conflict_do_nothing())
        audit.record(
            SYSTEM, "certificates.draw", f"certificate:{certificate_id}",
            file=file_key, local_name_left_out=left_out, keys=key_name, credential=credential_key,
        )  # fmt: skip
        if _is_first(certificate_id, noted.person_id, noted.completion_id):
            publish(CertificateReady(certificate_id))
        _put_away_but(certificate_id, file_key, credential_key)
    else:
        put_away(certificate_id)
    point("certificates.noted")


def _is_first(certificate_id: int, person_id: int, completion_id: int) -> bool:
    """Whether nobody was handed another file for the same completion before."""
    others = sa.select(Certificate.id).where(
        Certificate.person_id == person_id, Certificate.completion_id == completion_id,
        Certificate.id != certificate_id, Certificate.file_key.is_not(None),
    )  # fmt: skip
    return db.session.scalar(others.limit(1)) is None


def put_away(certificate_id: int) -> None:
    """Forget the drafts that became the file; those that did not are deleted by a job in a while."""
    kept = sa.select(Certificate.file_key, Certificate.credential_key).where(Certificate.id == certificate_id)
    _put_away_but(certificate_id, *db.session.execute(kept).one())


def _put_away_but(certificate_id: int, *parts: str | None) -> None:
    kept = [key for key in parts if key]
    mine = CertificateDraft.certificate_id == certificate_id
    db.session.execute(sa.delete(CertificateDraft).where(mine, CertificateDraft.file_key.in_(kept)))
    if db.session.scalar(sa.select(CertificateDraft.id).where(mine).limit(1)) is not None:
        enqueue("certificates.delete_drafts", run_at=now() + _IN_PEACE, certificate_id=certificate_id)


def forget_drafts(certificate_id: int) -> None:
    """The drafts of a certificate are deleted."""
    db.session.execute(sa.delete(CertificateDraft).where(CertificateDraft.certificate_id == certificate_id))
