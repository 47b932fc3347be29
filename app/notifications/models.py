"""What was told to whom beside invitations, and what accounts want to be told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.notifications.rules import TellingKind, Way
from app.platform.db import Base


class Telling(Base):
    """Somebody was told something, once. It holds ids and no words; what a mail said stands in the delivery log."""

    __tablename__ = "telling"

    key: Mapped[str] = mapped_column(unique=True)
    """What, about what and to whom: nothing is told twice."""
    kind: Mapped[TellingKind]
    way: Mapped[Way]
    at: Mapped[datetime]
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    """The factory that it was told to, or whose people it is about."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    told_by: Mapped[int | None]
    """The account that hung it up or pasted it; None for the system."""
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mail_message.id"), index=True)


class NotificationChoice(Base):
    """What an account wants to be told. Without a row: everything."""

    __tablename__ = "notification_choice"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    has_digests: Mapped[bool] = mapped_column(server_default=sa.true())
    has_reminders: Mapped[bool] = mapped_column(server_default=sa.true())
    changed_at: Mapped[datetime]
