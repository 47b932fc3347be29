"""What somebody ordered: numbers of certificates, no names."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.certificates.bundles.rules import BundleKind, Failure
from app.platform.clock import now
from app.platform.db import Base

_OPEN = sa.text("made_at IS NULL AND failed IS NULL")


class CertificateBundle(Base):
    """Many certificates as one file, made by a job for whoever ordered it and kept for a day."""

    __tablename__ = "certificate_bundle"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[BundleKind]
    language: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    """What was filtered by, without the words that were searched."""
    certificates: Mapped[list[int]]
    """Ids, in the order of the file, as they were when it was ordered."""
    factories: Mapped[list[int]]
    """Ids of the factories that these were issued at."""
    same: Mapped[str]
    """Equal for equal orders: of one that is being made there is no second."""
    done: Mapped[int]
    """How many of them are packed."""
    left_out: Mapped[int]
    """How many of them have no file in it."""
    parts: Mapped[list[dict[str, Any]]]
    """The made files: key, size in bytes, how many certificates lie before its end, ids of those in it. None once they
    are deleted."""
    ordered_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    failed: Mapped[Failure | None]

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to it but its end."""
        return self.made_at is not None or self.failed is not None

    @property
    def is_over(self) -> bool:
        """Its day is over: the files are deleted, or will be within the hour."""
        return self.expires_at is not None and now() >= self.expires_at

    __table_args__ = (
        sa.Index(
            "uq_certificate_bundle_open",
            "same",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )


OPEN = (CertificateBundle.made_at.is_(None), CertificateBundle.failed.is_(None))
"""Still being made."""
