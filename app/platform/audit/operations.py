"""Writing the log."""

from contextvars import ContextVar
from typing import Any, Protocol

from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db

request_id: ContextVar[str] = ContextVar("request_id", default="")


class Doer(Protocol):
    """Whoever acts, as far as the log needs to know."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def sign_in_id(self) -> int | None: ...


def record(actor: Doer, action: str, subject: str, **details: Any) -> None:
    """Log an action in the caller's transaction. `details` hold ids and values that are no personal text."""
    db.session.add(
        AuditEntry(
            at=now(),
            action=action,
            subject=subject,
            account_id=actor.account_id,
            person_id=actor.person_id,
            sign_in_id=actor.sign_in_id,
            request_id=request_id.get(),
            details=details,
        )
    )
