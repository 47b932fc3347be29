"""Reading for whoever holds a code or a file: the code is the permission."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.certificates.models import IS_ENDED, Certificate, SigningKey
from app.certificates.of_factories.queries import certificates as factories
from app.certificates.retention import GONE
from app.certificates.rules import Standing
from app.certificates.verification.models import CertificateFile
from app.platform.db import db

_Successor = aliased(Certificate)
_FOUND = (
    sa.select(Certificate, _Successor.number, SigningKey.revoked_at)
    .outerjoin(_Successor, _Successor.id == Certificate.replaced_by_id)
    .outerjoin(SigningKey, SigningKey.name == Certificate.key_name)
)


@dataclass(frozen=True)
class Found:
    """A certificate, and the number of the one that replaced it."""

    certificate: Certificate
    successor: str | None
    has_other_file: bool = False
    """What was asked about is an earlier file of this certificate."""
    has_revoked_seal: bool = False
    """The keys that sealed its file were revoked."""


def any_by_code(code: str) -> Found | None:
    """The certificate with this code, as codes are stored."""
    row = db.session.execute(_FOUND.where(Certificate.code == code)).one_or_none()
    return Found(row[0], row[1], has_revoked_seal=row[2] is not None) if row else None


def any_by_digest(digest: str) -> Found | None:
    """The certificate that has or had the file with this SHA-256 (hexadecimal, lower case)."""
    noted = _FOUND.join(CertificateFile, CertificateFile.certificate_id == Certificate.id)
    newest = noted.where(CertificateFile.digest == digest).order_by(Certificate.id.desc()).limit(1)
    row = db.session.execute(newest).one_or_none()
    return Found(row[0], row[1], row[0].file_key not in {digest, GONE}, row[2] is not None) if row else None


def ended(after: datetime) -> list[tuple[str, Standing, str]]:
    """Code, standing and zone of what was revoked, replaced or suspended and would otherwise hold after this moment.

    The certificate of a factory that ended by its rule counts as revoked.
    """
    columns = (Certificate.valid_until, Certificate.suspended_at, Certificate.replaced_at, Certificate.revoked_at)
    would_hold = sa.or_(Certificate.valid_until.is_(None), Certificate.valid_until > after)
    zone = Certificate.face["facts"]["zone"].as_string()
    rows = db.session.execute(sa.select(Certificate.code, zone, *columns).where(IS_ENDED, would_hold))
    of_factories = (
        (code, Standing(one.valid_until, one.suspended_at, one.replaced_at, one.revoked_at or one.downgraded_at), zone)
        for code, one, zone in factories.ended(after)
    )
    return [*((code, Standing(*moments), zone) for code, zone, *moments in rows), *of_factories]
