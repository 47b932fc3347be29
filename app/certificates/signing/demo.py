"""Keys of samples: anybody can make them, and whoever reads a file that they sealed is told so."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from app.certificates.signing import keys as sets
from app.certificates.signing.keys import Keys

ORGANISATION = "Seamwise demo (proves nothing)"
NAME = "demo"


def create(folder: Path, at: datetime) -> Keys:
    """Demo keys in a folder, or those that are there. Raises KeysUnusable."""
    if NAME in sets.names(folder):
        return sets.load(folder, NAME)
    return sets.create(folder, NAME, ORGANISATION, "http://localhost/certificates/keys/demo.crl", at)


def is_demo(root: x509.Certificate) -> bool:
    """Whether a root says of itself that it stands behind samples only."""
    names = root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return [name.value for name in names] == [ORGANISATION]
