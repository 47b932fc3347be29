"""The log table. Migrations add triggers that refuse UPDATE and DELETE on both engines."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class AuditEntry(Base):
    """One thing that somebody did."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime]
    action: Mapped[str]
    """Verb as `<room>.<verb>`, for example `sessions.cancel`."""
    subject: Mapped[str] = mapped_column(index=True)
    """What it was done to, as `<thing>:<id>`."""
    account_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(index=True)
    sign_in_id: Mapped[int | None]
    """The sign-in it was done in, which knows the device."""
    request_id: Mapped[str]
    details: Mapped[dict[str, Any]]
