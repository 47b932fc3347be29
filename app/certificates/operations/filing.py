"""The file of a certificate: exactly one is kept, whatever dies while it is made."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.access.actor import SYSTEM
from app.certificates.events import CertificateReady
from app.certificates.models import IN_FORCE, Certificate, CertificateDraft
from app.certificates.verification.models import CertificateFile
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert, run
from app.platform.faults import point
from app.platform.jobs import enqueue

_OTHER = aliased(Certificate)
_KNOWN = (
    sa.select(
        Certificate.face,
        sa.exists().where(  # a file for the same completion that somebody was handed before
            _OTHER.person_id == Certificate.person_id, _OTHER.completion_id == Certificate.completion_id,
            _OTHER.id != Certificate.id, _OTHER.file_key.is_not(None),
        ).label("had_another"),
    )
    .where(Certificate.id == sa.bindparam("certificate"))
    .with_for_update(key_share=True, of=Certificate)
)  # fmt: skip
_NOTE = (
    sa.update(Certificate)
    .where(Certificate.id == sa.bindparam("certificate"), *IN_FORCE, Certificate.file_key.is_(None))
    .values(
        file_key=sa.bindparam("file"), credential_key=sa.bindparam("credential"), key_name=sa.bindparam("keys"),
        rendered_at=sa.bindparam("at"),
    )
)  # fmt: skip


@cache
def _filed(_dialect: str) -> Any:
    """Built once for each engine: building it costs more than running it."""
    names = {"certificate_id": "certificate", "digest": "file", "noted_at": "at"}
    row: dict[str, Any] = {column: sa.bindparam(name) for column, name in names.items()}
    return insert(CertificateFile).values(row).on_conflict_do_nothing()


_DRAFTS = CertificateDraft.certificate_id == sa.bindparam("certificate")
_KEPT = CertificateDraft.file_key.in_(sa.bindparam("kept", expanding=True))
_FORGET = sa.delete(CertificateDraft).where(_DRAFTS, _KEPT)
_LEFT = sa.select(CertificateDraft.id).where(_DRAFTS).limit(1)

_IN_PEACE = timedelta(hours=1)
"""By then whoever was storing another draft has ended."""


def note_drafts(session: Session, drafts: Mapping[int, Collection[str]]) -> None:
    """Say that these files of certificates are about to be stored: should nobody come back to them, they are found and
    deleted.
    """
    pairs = [(each, key) for each, keys in drafts.items() for key in keys]
    rows = [{"certificate_id": each, "file_key": key, "made_at": now()} for each, key in pairs]
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
    known = run(_KNOWN, {"certificate": certificate_id}).one()
    if face is not None and known.face != face:
        enqueue("certificates.draw", certificate_id=certificate_id)
        put_away(certificate_id)
        return
    parts = {"file": file_key, "credential": credential_key, "keys": key_name, "at": now()}
    if run(_NOTE, {"certificate": certificate_id, **parts}).rowcount:
        run(_filed(db.session.get_bind().dialect.name), {"certificate": certificate_id, "file": file_key, "at": now()})
        audit.record(
            SYSTEM, "certificates.draw", f"certificate:{certificate_id}",
            file=file_key, local_name_left_out=left_out, keys=key_name, credential=credential_key,
        )  # fmt: skip
        if not known.had_another:
            publish(CertificateReady(certificate_id))
        _put_away_but(certificate_id, file_key, credential_key)
    else:
        put_away(certificate_id)
    point("certificates.noted")


def put_away(certificate_id: int) -> None:
    """Forget the drafts that became the file; those that did not are deleted by a job in a while."""
    kept = sa.select(Certificate.file_key, Certificate.credential_key).where(Certificate.id == certificate_id)
    _put_away_but(certificate_id, *db.session.execute(kept).one())


def _put_away_but(certificate_id: int, *parts: str | None) -> None:
    kept = [key for key in parts if key]
    run(_FORGET, {"certificate": certificate_id, "kept": kept})
    if run(_LEFT, {"certificate": certificate_id}).first() is not None:
        enqueue("certificates.delete_drafts", run_at=now() + _IN_PEACE, certificate_id=certificate_id)


def forget_drafts(certificate_id: int) -> None:
    """The drafts of a certificate are deleted."""
    db.session.execute(sa.delete(CertificateDraft).where(CertificateDraft.certificate_id == certificate_id))
