"""Reading the seal of a file: intact, by whose keys, since when, or why not. Only the worker and commands load this.

A seal stands for every byte: what a signature cannot cover - its own container - must look as sealing makes it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import ValidationContext

from app.certificates.signing.demo import is_demo
from app.certificates.signing.revoked import REVOKED_SEAL
from app.certificates.signing.rows import fingerprint
from app.certificates.signing.seal import asn1
from app.certificates.signing.trust import Trust

_MARKS = (b"%PDF", b"%%EOF", b"/ByteRange")
_MOST = 50 * 1024 * 1024


class Unreadable(ValueError):
    """It is no PDF."""


@dataclass(frozen=True)
class Seal:
    """What a file's seal says."""

    sealed: bool
    """There is a seal, whether or not it holds."""
    intact: bool
    """It holds: not a byte was changed, and a root that is known - or that of a demo - stands behind it."""
    demo: bool
    signed_by: str
    """The organisation and the keys, as their certificate names them; empty without a seal that can be read."""
    fingerprint: str
    """Of the certificate of the seal."""
    at: datetime | None
    """When it was sealed, as the seal says."""
    reason: str
    """Why it does not hold; empty when it does."""
    revoked_as_of: date | None = None
    """The day as of which it is known whether its keys were revoked; None when no list of its root is known."""


def read(pdf: bytes, trust: Trust) -> Seal:
    """Read the seal of a file: whether somebody known stands behind it. Raises Unreadable for what is no PDF at all."""
    if not any(mark in pdf for mark in _MARKS) or len(pdf) > _MOST:
        raise Unreadable("This is no PDF file.")
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_signatures
        if not found:
            return _none("The file has no seal.", sealed=b"/ByteRange" in pdf)
        [signature] = found
        return _judged(signature, pdf, trust)
    except Exception as error:  # noqa: BLE001 - what libraries raise at bytes that somebody changed, nobody foresees
        return _none(f"The file is damaged or was changed: {str(error) or type(error).__name__}", sealed=True)


def _judged(signature: EmbeddedPdfSignature, pdf: bytes, trust: Trust) -> Seal:
    signer = signature.signer_cert
    if signer is None:
        return _none("The certificate of the seal is missing.", sealed=True)
    seal = x509.load_der_x509_certificate(signer.dump())
    root = _root_of(seal, [*trust.roots, *_enclosed(signature)])
    at = signature.self_reported_timestamp
    reason = _flaw(signature, pdf, seal, root, at) if root else "Nobody known stands behind the seal."
    is_known = root is not None and root in trust.roots
    if root and not is_known and not is_demo(root):
        reason = reason or "Nobody known stands behind the seal."
    if root and trust.revoked.against(seal, root, at.date() if at else None):
        reason = REVOKED_SEAL
    return Seal(
        sealed=True, intact=not reason, demo=root is not None and is_demo(root), signed_by=_named(seal),
        fingerprint=fingerprint(seal), at=at.astimezone(UTC) if at else None, reason=reason,
        revoked_as_of=trust.revoked.day(root) if root else None,
    )  # fmt: skip


def _flaw(
    signature: EmbeddedPdfSignature, pdf: bytes, seal: x509.Certificate, root: x509.Certificate, at: datetime | None
) -> str:
    """Why the seal does not hold; empty when it does. The keys must have been good when it was made."""
    context = ValidationContext(trust_roots=[asn1(root)], moment=at, best_signature_time=at, allow_fetching=False)
    status = validate_pdf_signature(signature, context, context)
    if not status.intact:
        return "The file was changed after it was sealed."
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "Something was added to the file after it was sealed."
    if not (status.valid and status.trusted):
        return "The signature of the seal is not that of its keys."
    return "" if _is_plain(signature, pdf, {_der(seal), _der(root)}) else "The seal itself was changed."


def _is_plain(signature: EmbeddedPdfSignature, pdf: bytes, chain: set[bytes]) -> bool:
    """Whether the container is written as sealing writes it: canonical, with this chain and nothing else in it."""
    _start, before, after, _length = signature.byte_range
    signed: cms.SignedData = signature.signed_data
    raw = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump(force=True)
    gap = pdf[before:after]
    if gap != b"<" + raw.hex().upper().encode().ljust(len(gap) - 2, b"0") + b">":
        return False
    given = {one.chosen.dump() for one in signed["certificates"]}
    stamps = [attribute["type"] for attribute in signature.signer_info["unsigned_attrs"].native or []]
    return (
        given == chain
        and len(signed["certificates"]) == len(chain)
        and not signed["crls"].native
        and (signed["version"].native, signature.signer_info["version"].native) == ("v1", "v1")
        and [one["algorithm"].native for one in signed["digest_algorithms"]] == ["sha256"]
        and stamps in ([], ["signature_time_stamp_token"])
    )


def _enclosed(signature: EmbeddedPdfSignature) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(one.dump()) for one in signature.other_embedded_certs]


def _root_of(seal: x509.Certificate, roots: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((root for root in roots if _issued(root, root) and _issued(seal, root)), None)


def _issued(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _named(seal: x509.Certificate) -> str:
    names = seal.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _none(reason: str, *, sealed: bool) -> Seal:
    return Seal(sealed=sealed, intact=False, demo=False, signed_by="", fingerprint="", at=None, reason=reason)
