"""That messages were sent. Their words are in the mails alone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.notifications.messages.rules import Audience
from app.platform.db import Base


class TrainingMessage(Base):
    """Somebody wrote to everybody in a training session. `token` is that of the form: sent twice, it is one message."""

    __tablename__ = "training_message"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    token: Mapped[str]
    account_id: Mapped[int | None]
    audience: Mapped[Audience]
    mails: Mapped[int]
    sent_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("training_id", "token"),)
