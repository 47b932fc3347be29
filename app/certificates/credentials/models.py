"""Where each credential stands in the status lists, and the lists as they were signed last."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class CredentialStatus(Base):
    """The place of one certificate in the lists of both purposes. It is never given to another."""

    __tablename__ = "credential_status"

    certificate_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate.id"), unique=True)
    number: Mapped[int]
    """Which list."""
    position: Mapped[int]
    """Drawn at random: it tells nothing about when or for whom it was issued."""

    __table_args__ = (sa.UniqueConstraint("number", "position", name="uq_credential_status_place"),)


class StatusList(Base):
    """The two lists of one number, signed. What is in them follows from the certificates at any time."""

    __tablename__ = "status_list"

    number: Mapped[int] = mapped_column(unique=True)
    changes: Mapped[int]
    """How often the state of a certificate in it has changed."""
    signed_changes: Mapped[int]
    """How many of them are in what is signed."""
    revocation: Mapped[str | None] = mapped_column(sa.Text)
    """JSON: `jwt` and `embedded`, as with credentials."""
    suspension: Mapped[str | None] = mapped_column(sa.Text)
    signed_at: Mapped[datetime | None]
    key_name: Mapped[str | None]
    """The keys that signed it."""
