"""The credential of a certificate, in the worker."""

from typing import TYPE_CHECKING

from app.certificates import face
from app.certificates.credentials import document, queries
from app.certificates.late import late
from app.certificates.models import Certificate
from app.certificates.signing.keys import Keys
from app.platform.config import settings

if TYPE_CHECKING:
    from app.certificates.credentials.proofs import signed
else:
    signed = late("app.certificates.credentials.proofs", "signed")

SAMPLE = "sample"


def credential(certificate: Certificate, keys: Keys) -> bytes:
    """JSON with the signed credential, as `jwt` and as `embedded`. The same certificate and keys give the same bytes:
    the proof says that it was made when the certificate was issued. One that is not stored is a sample, of no course.
    """
    is_sample = certificate.id is None
    issued = document.Issued(
        code=certificate.code,
        course=SAMPLE if is_sample else queries.course_code(certificate.course_id),
        since=certificate.issued_at,
        until=certificate.valid_until,
        place=None if is_sample else queries.place_of(certificate.id),
    )
    frozen = certificate.face
    unsigned = document.credential(face.thaw(frozen), face.thaw_facts(frozen), issued, organisation())
    return signed(unsigned, keys, certificate.issued_at)


def organisation() -> document.Organisation:
    """Who issues, as this site is set up."""
    return document.Organisation(settings().base_url, settings().organisation)
