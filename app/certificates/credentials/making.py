"""The credential of a certificate, in the worker."""

from typing import TYPE_CHECKING

from app.certificates import face
from app.certificates.credentials import document, queries
from app.certificates.credentials.rules import Place
from app.certificates.models import Certificate
from app.certificates.signing.keys import Keys
from app.platform.config import settings
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.credentials.proofs import signed
else:
    signed = late("app.certificates.credentials.proofs", "signed")


def credential(certificate: Certificate, keys: Keys) -> bytes:
    """JSON with the signed credential, as `jwt` and as `embedded`. The same certificate and keys give the same bytes:
    the proof says that it was made when the certificate was issued.
    """
    place = queries.place_of(certificate.id)
    return credential_at(certificate, keys, queries.course_code(certificate.course_id), place)


def credential_at(certificate: Certificate, keys: Keys, course: str, place: Place) -> bytes:
    """The same of a certificate that no database knows: with the code of its course, and a place in the lists."""
    issued = document.Issued(
        code=certificate.code,
        course=course,
        since=certificate.issued_at,
        until=certificate.valid_until,
        place=place,
    )
    frozen = certificate.face
    unsigned = document.credential(face.thaw(frozen), face.thaw_facts(frozen), issued, organisation())
    return signed(unsigned, keys, certificate.issued_at)


def organisation() -> document.Organisation:
    """Who issues, as this site is set up."""
    return document.Organisation(settings().base_url, settings().organisation)
