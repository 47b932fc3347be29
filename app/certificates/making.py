"""Making the file of a certificate: the paper, then the seal. Only the worker and commands load this."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from cryptography import x509
from flask import current_app

from app.certificates import face
from app.certificates.credentials.making import credential as open_credential
from app.certificates.credentials.making import credential_at
from app.certificates.credentials.rules import Place
from app.certificates.models import Certificate
from app.certificates.paper import drawing
from app.certificates.paper.printed import CertificateFace
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.keys import Keys
from app.certificates.signing.seal import Timestamps, seal
from app.certificates.verification.addresses import signed_address
from app.platform.config import Settings
from app.platform.documents.fonts import ROOT
from app.platform.faults import point

log = structlog.get_logger()


@dataclass(frozen=True)
class Made:
    """What came of it."""

    pdf: bytes
    key_name: str | None
    """The keys that sealed it; None for a file without a seal."""
    credential: bytes | None
    left_out: bool
    """Something has a character that no font has - the local name, mostly -, so it is not on the paper."""


def make(certificate: Certificate, keys: Keys | None, crl: bytes = b"") -> Made:
    """The file of a certificate, sealed where there are keys. The same certificate and keys give the same bytes.

    Raises DocumentRefused, DocumentFailed, SealFailed.
    """
    credential = open_credential(certificate, keys) if keys else None
    point("certificates.credential_signed")
    return _finished(certificate, keys, credential, crl)


def make_sample(certificate: Certificate, keys: Keys, course: str) -> Made:
    """The same of a certificate that no database knows; it has the first place of the first status list."""
    return _finished(certificate, keys, credential_at(certificate, keys, course, Place(0, 0)), b"")


def _finished(certificate: Certificate, keys: Keys | None, credential: bytes | None, crl: bytes) -> Made:
    address = signed_address(certificate, keys) if keys else ""
    point("certificates.addressed")
    pdf, left_out = _paper(face.to_draw(certificate.face), address, credential or b"")
    point("certificates.typeset")
    if keys is None:
        return Made(pdf, None, credential, left_out)
    sealed_pdf = sealed(pdf, keys, certificate.issued_at, crl)
    point("certificates.sealed")
    return Made(sealed_pdf, keys.name, credential, left_out)


def sealed(pdf: bytes, keys: Keys, at: datetime, crl: bytes = b"") -> bytes:
    """A file with the seal that the settings ask for; `at` is the moment of issue. Raises SealFailed."""
    return seal(pdf, keys, at=at, crl=crl, timestamps=_timestamps())


def _paper(printed: CertificateFace, address: str, credential: bytes) -> tuple[bytes, bool]:
    """The file, and whether anything had to be left out: a box in place of a letter is never printed."""
    settings: Settings = current_app.extensions["settings"]
    drawn = drawing.draw_surely(printed, fonts=ROOT / settings.fonts_dir, address=address, credential=credential)
    if drawn.left_out:
        log.warning("certificate.text_left_out", number=printed.number, fields=drawn.left_out)
    return drawn.pdf, bool(drawn.left_out)


def _timestamps() -> Timestamps | None:
    settings: Settings = current_app.extensions["settings"]
    if not settings.certificate_timestamp_url:
        return None
    roots = settings.certificate_timestamp_roots
    try:
        found = x509.load_pem_x509_certificates(Path(ROOT / roots).read_bytes()) if roots else []
    except (OSError, ValueError) as error:
        raise SealFailed(f"The roots of the time-stamping service cannot be read from {roots}: {error}") from error
    return Timestamps(settings.certificate_timestamp_url, tuple(found))
