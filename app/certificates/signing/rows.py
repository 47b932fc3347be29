"""The public halves of the keys, as the database keeps them. Nothing here reads a private key."""

from datetime import datetime

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from app.certificates.models import SigningKey
from app.certificates.signing.revoked import Revocation, Revocations
from app.certificates.signing.trust import Trust
from app.platform.clock import now
from app.platform.db import db


def signs_now() -> SigningKey | None:
    """The keys that sign, or None where nothing is signed."""
    newest = sa.select(SigningKey).where(SigningKey.retired_at.is_(None)).order_by(SigningKey.id.desc())
    return db.session.scalar(newest.limit(1))


def by_name(name: str) -> SigningKey | None:
    return db.session.scalar(sa.select(SigningKey).where(SigningKey.name == name))


def all_keys() -> list[SigningKey]:
    """All keys that sign or signed, the newest first."""
    return list(db.session.scalars(sa.select(SigningKey).order_by(SigningKey.id.desc())))


def good_keys() -> list[SigningKey]:
    """The same without those that were revoked: what they signed is to be believed no more."""
    return [key for key in all_keys() if key.revoked_at is None]


def trust() -> Trust:
    """Every root that seals may lead to, and which keys were revoked: here that is said of stolen ones alone.

    Of the root behind the keys that sign it is known now. Others may have come with a programme, and what is revoked at
    its site does not arrive here: of those it is known as of their list.
    """
    signing, roots, revoked = signs_now(), [], {}
    as_of: dict[x509.Certificate, datetime] = {}
    for key in all_keys():
        seal, root = chain(key)
        roots.append(root)
        if key.revoked_at is not None:
            revoked[root, seal.serial_number] = Revocation(key.revoked_at, is_stolen=True)
        if key == signing:
            as_of[root] = now()
        elif key.crl:
            listed = x509.load_der_x509_crl(key.crl).last_update_utc
            as_of[root] = max(listed, as_of.get(root, listed))
    return Trust(list(dict.fromkeys(roots)), Revocations(revoked, as_of))


def chain(key: SigningKey) -> list[x509.Certificate]:
    """The certificate of the seal, then the root."""
    return x509.load_pem_x509_certificates(key.seal_chain.encode())


def root_pem(key: SigningKey) -> bytes:
    return chain(key)[-1].public_bytes(Encoding.PEM)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in pairs as people compare it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def crl_now() -> bytes:
    """The list of revoked keys that goes with the keys that sign now; empty where there is none."""
    key = signs_now()
    return (key.crl or b"") if key else b""
