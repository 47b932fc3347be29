"""Calendars that people subscribe to, and when something in them last changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.sessions.feeds.rules import FeedKind


class Feed(Base):
    """The calendar of an account in one task, or of a person. Its address is made from the secret key and `version`."""

    __tablename__ = "feed"

    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    kind: Mapped[FeedKind]
    version: Mapped[int]
    """Each renewal makes another address, and the one before leads nowhere."""
    changed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("account_id", "kind"),
        sa.CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_owner"),
    )


class FeedStamp(Base):
    """How often something of a training session was settled, and when last.

    Raised in the transaction that does it, which holds the training session: nobody waits for anybody else. As long as
    the sum over a programme is the same, nothing of it has changed.
    """

    __tablename__ = "feed_stamp"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), unique=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    revision: Mapped[int]
    revised_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_feed_stamp_programme", "programme_id", "revision", "revised_at"),)
