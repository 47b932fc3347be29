"""Drawing: slow, outside any transaction, harmless when it happens twice."""

from functools import partial
from typing import TYPE_CHECKING

from app.certificates import operations, queries
from app.certificates.late import late
from app.certificates.signing import rows
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.waiting import keys_or_later
from app.platform.db import in_own_transaction
from app.platform.documents.errors import DocumentRefused
from app.platform.faults import point
from app.platform.files import files, key_of
from app.platform.jobs import Done, GiveUp, Later, Outcome

if TYPE_CHECKING:
    from app.certificates.making import make
else:
    make = late("app.certificates.making", "make")


def draw(certificate_id: int) -> Outcome:
    """Draw and store the file of a certificate; nothing when it has one or no longer holds.

    The same certificate and keys give the same bytes and those the same key, so a repeat stores nothing new; what it
    stores instead of something else is found by its draft. Keys that cannot be used are waited for: no file goes
    out without the seal that it should have.
    """
    certificate = queries.undrawn(certificate_id)
    if certificate is None:
        return Done(partial(operations.put_away, certificate_id))
    if isinstance(keys := keys_or_later(), Later):
        return keys
    face = certificate.face
    try:
        made = make(certificate, keys, rows.crl_now() if keys else b"")
    except SealFailed as reason:
        return Later(str(reason), for_ever=True)
    except DocumentRefused as refusal:
        raise GiveUp(f"certificate {certificate_id}: {refusal}") from refusal
    point("certificates.drawn")
    parts = [part for part in (made.pdf, made.credential) if part is not None]
    draft_keys = [key_of(part) for part in parts]
    in_own_transaction(partial(operations.note_drafts, certificate_id=certificate_id, file_keys=draft_keys))
    point("certificates.drafted")
    file_key, *credential = [files().put(part) for part in parts]
    point("certificates.stored")
    noting = partial(operations.note_file, face=face, left_out=made.left_out, key_name=made.key_name)
    return Done(partial(noting, certificate_id, file_key, credential_key=credential[0] if credential else None))


def delete_drafts(certificate_id: int) -> Outcome:
    """Delete what was stored for a certificate and did not become its file."""
    for key in queries.drafts_left(certificate_id):
        files().delete(key)
    return Done(partial(operations.forget_drafts, certificate_id))
