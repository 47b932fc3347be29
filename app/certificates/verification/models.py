"""What is kept of every file that was handed out."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class CertificateFile(Base):
    """A file that a certificate has or had. It names nobody and outlives the file itself."""

    __tablename__ = "certificate_file"

    certificate_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file, in hexadecimal."""
    noted_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("digest", "certificate_id", name="uq_certificate_file_digest"),)
