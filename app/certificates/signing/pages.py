"""The page of the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cryptography.x509.oid import NameOID

from app.certificates.models import SigningKey
from app.certificates.signing import rows
from app.platform.web import Page


@dataclass(frozen=True)
class ShownKey:
    """The public half of a set of keys."""

    name: str
    signs: bool
    organisation: str
    since: date
    until: date
    fingerprint: str
    root_fingerprint: str
    has_crl: bool
    revoked_on: date | None
    why: str


@dataclass(frozen=True)
class KeysPage(Page):
    template: ClassVar[str] = "certificates/signing/keys.html"
    keys: Sequence[ShownKey]


def shown(key: SigningKey) -> ShownKey:
    """A set of keys as the page shows it."""
    seal, root = rows.chain(key)[0], rows.chain(key)[-1]
    names = seal.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return ShownKey(
        name=key.name,
        signs=key.retired_at is None,
        organisation=str(names[0].value) if names else "",
        since=key.made_at.date(),
        until=seal.not_valid_after_utc.date(),
        fingerprint=rows.fingerprint(seal),
        root_fingerprint=rows.fingerprint(root),
        has_crl=bool(key.crl),
        revoked_on=key.revoked_at.date() if key.revoked_at else None,
        why=key.revoked_reason or "",
    )
