"""The signature of a manifest: a detached JWS (RFC 7515, ES256) by the keys that seal certificates, with their chain in
its head. The same manifest and keys give the same signature (RFC 6979).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.certificates.signing.keys import Keys
from app.certificates.signing.rows import fingerprint
from app.certificates.signing.trust import Trust

_HALF = 32


@dataclass(frozen=True)
class Signed:
    """Whose signature it is, as its certificate says; `reason` is why it does not hold, empty when it does."""

    by: str
    fingerprint: str
    reason: str
    revoked_as_of: date | None = None
    """The day as of which it is known whether its keys were revoked; None when no list of its root is known."""


_UNREADABLE = Signed("", "", "The signature cannot be read.")


def sign(manifest: bytes, keys: Keys) -> bytes:
    """The signature of these bytes."""
    chain = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in keys.chain]
    head = _text(json.dumps({"alg": "ES256", "kid": keys.name, "x5c": chain}, sort_keys=True).encode())
    made = keys.seal.sign(_signed(head, manifest), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(made)
    return f"{head}..{_text(r.to_bytes(_HALF) + s.to_bytes(_HALF))}\n".encode()


def judged(signature: bytes, manifest: bytes, trust: Trust, at: date | None) -> Signed:
    """Whether the keys in the signature made it, and whether a known root stands behind them.

    `at` is the day as of which the pack is: a pack does not say when it was signed.
    """
    try:
        head, empty, tail = signature.decode("ascii").removesuffix("\n").split(".")
        said = json.loads(_bytes(head))
        seal, root = (x509.load_der_x509_certificate(base64.b64decode(one, validate=True)) for one in said["x5c"])
        raw, key = _bytes(tail), seal.public_key()
        is_plain = not empty and said["alg"] == "ES256" and len(raw) == 2 * _HALF
        if not is_plain or not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            return _UNREADABLE
        by, mark = _named(seal), fingerprint(seal)
    except (ValueError, KeyError, TypeError, RecursionError, UnsupportedAlgorithm, binascii.Error):
        return _UNREADABLE
    made = encode_dss_signature(int.from_bytes(raw[:_HALF]), int.from_bytes(raw[_HALF:]))
    try:
        key.verify(made, _signed(head, manifest), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return Signed(by, mark, "The signature is not that of this manifest.")
    return Signed(by, mark, _distrusted(seal, root, trust, at), trust.revoked.day(root))


def _distrusted(seal: x509.Certificate, root: x509.Certificate, trust: Trust, at: date | None) -> str:
    if root not in trust.roots:
        return "Foreign keys signed it: nobody known stands behind them."
    try:
        seal.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return "Foreign keys signed it: nobody known stands behind them."
    if revoked := trust.revoked.against(seal, root, at):
        if revoked.is_stolen:
            return "The keys that signed it were revoked: their signature proves nothing."
        return f"The keys that signed it were revoked on {revoked.since.date()}, and it is of no day before that."
    if at is not None and at > seal.not_valid_after_utc.date():
        return "The keys that signed it had run out."
    return ""


def _named(seal: x509.Certificate) -> str:
    names: list[Any] = [
        name.value for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
        for name in seal.subject.get_attributes_for_oid(kind)
    ]  # fmt: skip
    return ", ".join(map(str, names))


def _signed(head: str, manifest: bytes) -> bytes:
    return f"{head}.{_text(manifest)}".encode()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Written in the one way there is: what differs is no signature of ours."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _text(data) != text:
        raise ValueError(text)
    return data
