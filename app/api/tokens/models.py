"""Tokens. What opens something is nowhere in the database: only its digest."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.api.sent import SentOnce


class ApiToken(SentOnce):
    """A token of an account, shown once to whoever made it."""

    __tablename__ = "api_token"

    key: Mapped[str] = mapped_column(sa.String(16), unique=True)
    """The part that is no secret, by which it is found."""
    secret_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of 256 random bits."""
    name: Mapped[str]
    """Which program uses it, in the words of its owner."""
    scopes: Mapped[list[str]]
    """Values of `rules.TokenScope`."""
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    factories: Mapped[list[int]]
    """Ids of the only factories that it reaches; none of them: no such limit."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    """Not to the minute: noted once an hour."""
