"""Drawing: slow, outside any transaction, harmless when it happens twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.certificates import operations, queries
from app.certificates.models import Certificate
from app.certificates.signing import rows
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.keys import Keys
from app.certificates.signing.waiting import keys_or_later
from app.platform.db import in_own_transaction
from app.platform.documents.errors import DocumentRefused
from app.platform.faults import point
from app.platform.files import files, key_of
from app.platform.jobs import Done, GiveUp, Later, Outcome, prolong_in_time
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.making import Made, make
else:
    make = late("app.certificates.making", "make")


@dataclass(frozen=True)
class _Drawn:
    """What was made, and is now to be stored."""

    certificate_id: int
    face: dict[str, Any]
    made: "Made"

    @property
    def parts(self) -> list[bytes]:
        return [part for part in (self.made.pdf, self.made.credential) if part is not None]

    @property
    def keys(self) -> list[str]:
        return [key_of(part) for part in self.parts]


def draw(certificate_id: int) -> Outcome:
    """`draw_all` of one."""
    [outcome] = draw_all([{"certificate_id": certificate_id}])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def draw_all(payloads: Sequence[dict[str, int]]) -> list[Outcome | Exception]:
    """Draw and store the files of a few certificates; nothing of one that has its file or no longer holds.

    The same certificate and keys give the same bytes and those the same key, so a repeat stores nothing new; what it
    stores instead of something else is found by its draft. Keys that cannot be used are waited for: no file goes
    out without the seal that it should have.
    """
    ids = [payload["certificate_id"] for payload in payloads]
    found, keys = queries.undrawn(ids), keys_or_later()
    crl = rows.crl_now() if isinstance(keys, Keys) else b""
    drawn = [_drawn(each, found.get(each), keys, crl) for each in ids]
    point("certificates.drawn")
    drafts = {one.certificate_id: one.keys for one in drawn if isinstance(one, _Drawn)}
    if drafts:
        in_own_transaction(partial(operations.note_drafts, drafts=drafts))
    point("certificates.drafted")
    stored = [_stored(one) if isinstance(one, _Drawn) else one for one in drawn]
    point("certificates.stored")
    return stored


def _drawn(
    certificate_id: int, certificate: Certificate | None, keys: Keys | Later | None, crl: bytes
) -> _Drawn | Outcome | Exception:
    if certificate is None:
        return Done(partial(operations.put_away, certificate_id))
    if isinstance(keys, Later):
        return keys
    prolong_in_time()
    try:
        return _Drawn(certificate_id, certificate.face, make(certificate, keys, crl))
    except SealFailed as reason:
        return Later(str(reason), for_ever=True)
    except DocumentRefused as refusal:
        return GiveUp(f"certificate {certificate_id}: {refusal}")
    except Exception as failed:  # noqa: BLE001 - of this one alone; the worker says so
        return failed


def _stored(one: _Drawn) -> Done | Exception:
    made = one.made
    try:
        file_key, *credential = [files().put(part) for part in one.parts]
    except OSError as failed:
        return failed
    noting = partial(operations.note_file, face=one.face, left_out=made.left_out, key_name=made.key_name)
    return Done(partial(noting, one.certificate_id, file_key, credential_key=credential[0] if credential else None))


def delete_drafts(certificate_id: int) -> Outcome:
    """Delete what was stored for a certificate and did not become its file."""
    for key in queries.drafts_left(certificate_id):
        files().delete(key)
    return Done(partial(operations.forget_drafts, certificate_id))
