"""The envelope in which records travel: P-256, HKDF-SHA-256, AES-256-GCM (docs/offline.md, 3). Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.attendance.kit.letters import letters

WORDS = b"seamwise kit 1"
_KEY_WORDS = b"seamwise kit key 1"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (FIPS 186-5, D.1.2.3)."""
_CURVE = ec.SECP256R1()
MOST_NUMBER = 2**32
_POINT = 65


class NotOpened(Exception):
    """The bytes do not open: they were altered, cut, or sealed for somebody else."""


@dataclass(frozen=True)
class SiteKey:
    """A key pair of the site."""

    private: ec.EllipticCurvePrivateKey

    @cached_property
    def public(self) -> bytes:
        """65 bytes."""
        return point(self.private.public_key())

    @cached_property
    def kid(self) -> str:
        """How phones name it."""
        return hashlib.sha256(self.public).hexdigest()[:8]

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public half as browsers import it."""
        x, y = self.public[1:33], self.public[33:]
        return {"kty": "EC", "crv": "P-256", "x": letters(x), "y": letters(y)}


@lru_cache(maxsize=16)
def site_key(secret: str) -> SiteKey:
    """The key pair that belongs to a secret key of the site: the same in every process."""
    seed = HKDF(SHA256(), 48, salt=_KEY_WORDS, info=b"P-256").derive(secret.encode())
    return SiteKey(ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, _CURVE))


def site_keys(secrets: Iterable[str]) -> Mapping[str, SiteKey]:
    """The key pairs by `kid`, the present one first."""
    return {key.kid: key for key in map(site_key, secrets)}


def point(public: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def envelope_key(private: ec.EllipticCurvePrivateKey, other: bytes, box: bytes, site: bytes, device: bytes) -> AESGCM:
    """The key of a box, from either side: the own private half and the other's public one. Raises NotOpened when that
    is no point of the curve.
    """
    try:
        if len(other) != _POINT:
            raise NotOpened
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, other))
    except ValueError as error:
        raise NotOpened from error
    return AESGCM(HKDF(SHA256(), 32, salt=device, info=WORDS + box + site).derive(shared))


def open_with(key: AESGCM, device: bytes, number: int, sealed: bytes) -> bytes:
    """What was sealed under a number. Raises NotOpened."""
    try:
        return key.decrypt(number.to_bytes(12), sealed, WORDS + device)
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error
