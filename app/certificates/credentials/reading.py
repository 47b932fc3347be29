"""Stored credentials and keys, for those who hand them out. Loads no library of its own."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.certificates.credentials import rules
from app.certificates.credentials.document import Json, PublicKey
from app.certificates.credentials.rules import Shape
from app.certificates.models import SigningKey


@dataclass(frozen=True)
class Signed:
    """A stored document in both of its shapes."""

    token: str
    embedded: Json

    def shaped(self, shape: Shape) -> bytes:
        """As it is sent."""
        if shape is Shape.JWT:
            return self.token.encode()
        return json.dumps(self.embedded, ensure_ascii=False, indent=1).encode()


def read(stored: bytes | str) -> Signed:
    """What `proofs.signed` answered."""
    both = json.loads(stored)
    return Signed(both["jwt"], both["embedded"])


def public_keys(rows: Iterable[SigningKey]) -> list[PublicKey]:
    """The keys of open credentials."""
    found = []
    for row in rows:
        key = load_pem_public_key(row.credential_public.encode())
        if isinstance(key, Ed25519PublicKey):
            public = key.public_bytes_raw()
            found.append(PublicKey(rules.multikey(public), public))
    return found
