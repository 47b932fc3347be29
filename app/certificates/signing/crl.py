"""The list of revoked keys that a root signs: what a reader asks for at the address in the certificate of a seal."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from app.certificates.signing import keys as sets

_MARGIN = timedelta(days=1)


def make(root: sets.Root, at: datetime, number: int, revoked: Mapping[int, datetime] | None = None) -> bytes:
    """A list, in DER, of a root. `revoked`: serial number of a seal's certificate -> since when.

    It holds as long as the root, since the root's key may be taken off this machine.
    """
    key, certificate = root
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate.subject)
        .last_update(at - _MARGIN)
        .next_update(certificate.not_valid_after_utc)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for serial, since in sorted((revoked or {}).items()):
        builder = builder.add_revoked_certificate(_entry(serial, since))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _entry(serial: int, since: datetime) -> x509.RevokedCertificate:
    stolen = x509.CRLReason(x509.ReasonFlags.key_compromise)
    return (
        x509.RevokedCertificateBuilder()
        .serial_number(serial)
        .revocation_date(since)
        .add_extension(stolen, critical=False)
        .build()
    )
