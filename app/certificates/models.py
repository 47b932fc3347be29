"""Certificates are frozen rows; a revoked one stays, as a tombstone."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base

_IN_FORCE = sa.text("revoked_at IS NULL")


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
    rendered_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None]

    __table_args__ = (
        sa.Index(
            "uq_certificate_in_force", "completion_id",
            unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE,
        ),
    )
