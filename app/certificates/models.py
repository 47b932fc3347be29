"""Certificates are frozen rows; a revoked one stays, as a tombstone."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.certificates.rules import Standing
from app.platform.clock import now
from app.platform.db import Base

_IN_FORCE = sa.text("revoked_at IS NULL AND replaced_at IS NULL")
IS_ENDED = sa.text("(revoked_at IS NOT NULL OR replaced_at IS NOT NULL OR suspended_at IS NOT NULL)")
"""Asked for word by word: SQLite uses a partial index for nothing else."""


class Certificate(Base):
    """What was issued for a completion, for one validity period."""

    __tablename__ = "certificate"

    completion_id: Mapped[int] = mapped_column(sa.ForeignKey("completion.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    code: Mapped[str] = mapped_column(unique=True)
    """128 random bits in base 32: the end of the verification address."""
    number: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    face: Mapped[dict[str, Any]]
    """Everything that is printed, frozen at issue."""
    issued_at: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    file_key: Mapped[str | None]
    """None until the file is drawn; empty once its time has run out and names and file are gone."""
    draw_from: Mapped[datetime | None]
    """When its file is drawn, where the programme waits for late corrections; None: at once."""
    rendered_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None]
    suspended_at: Mapped[datetime | None]
    """While it is under review."""
    suspended_reason: Mapped[str | None]
    replaced_at: Mapped[datetime | None]
    replaced_reason: Mapped[str | None]
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    """The certificate that was issued anew in its place, for the same completion."""
    key_name: Mapped[str | None]
    """The keys that signed the file; None for a file without a signature."""
    credential_key: Mapped[str | None]
    """The stored open credential, where there is one."""
    design_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certificate_design_version.id"), index=True)
    """The version of the design that its face was dressed with; None for how the product dresses it."""
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    """When the row was last written: whoever follows changes asks by it."""

    @property
    def standing(self) -> Standing:
        return Standing(self.valid_until, self.suspended_at, self.replaced_at, self.revoked_at)

    __table_args__ = (
        sa.Index(
            "uq_certificate_in_force",
            "completion_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        sa.Index("ix_certificate_ended", "id", sqlite_where=IS_ENDED, postgresql_where=IS_ENDED),
        sa.Index("ix_certificate_updated_at_id", "updated_at", "id"),
    )


IN_FORCE = (Certificate.revoked_at.is_(None), Certificate.replaced_at.is_(None))
"""What is neither revoked nor replaced: one of each completion."""


class CertificateNote(Base):
    """What somebody wrote for the office when a certificate was suspended, revoked or issued anew. The public reads the
    reason alone."""

    __tablename__ = "certificate_note"

    certificate_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    text: Mapped[str]


class SigningKey(Base):
    """The public half of the keys that signed from one day on. The private half is in files that the worker reads."""

    __tablename__ = "signing_key"

    name: Mapped[str] = mapped_column(unique=True)
    seal_chain: Mapped[str] = mapped_column(sa.Text)
    """The certificate of the seal (P-256) and the root that signed it, as PEM."""
    credential_public: Mapped[str] = mapped_column(sa.Text)
    """The key of open credentials (Ed25519), as PEM."""
    crl: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """The list of revoked keys of its root (DER)."""
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """Since when newer keys sign. What these signed stays good."""
    revoked_at: Mapped[datetime | None]
    """Since when they are in strange hands, as far as is known: nothing that they signed proves anything."""
    revoked_reason: Mapped[str | None]


class CertificateDraft(Base):
    """A file that is being stored and that no certificate leads to yet: so that none is left behind."""

    __tablename__ = "certificate_draft"

    certificate_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate.id"))
    file_key: Mapped[str]
    made_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("certificate_id", "file_key"),)
