"""The list of revoked keys that a root signs: what a reader asks for at the address in the certificate of a seal."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from app.certificates.signing import keys as sets

_MARGIN = timedelta(days=1)


def make(folder: Path, at: datetime, number: int) -> bytes:
    """A list, in DER, of the root in this folder. It names nobody: what is stolen is not revoked but replaced.

    It holds as long as the root, since the root's key may be taken off this machine. Raises KeysUnusable.
    """
    key, root = sets.root(folder)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at - _MARGIN)
        .next_update(root.not_valid_after_utc)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
