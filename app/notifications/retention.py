"""The text of mails is kept for a time; that they were sent stays in the log."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.platform.clock import months_before, now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Mails that were sent or refused long enough ago and whose text is still kept."""
    settings: Settings = current_app.extensions["settings"]
    before = months_before(now(), settings.keep_evidence_months)
    settled = MailMessage.state.in_([MailState.SENT, MailState.REFUSED, MailState.BOUNCED])
    statement = sa.select(MailMessage.id).where(settled, MailMessage.created_at <= before, MailMessage.raw != b"")
    if programmes is not None:
        about = sa.literal("training:") + sa.cast(TrainingSession.id, sa.String)
        here = sa.select(about).where(TrainingSession.programme_id.in_(programmes))
        statement = statement.where(MailMessage.about.in_(here))
    return statement.order_by(MailMessage.id)


def forget(mail_ids: Collection[int]) -> list[str]:
    """Take the text out."""
    db.session.execute(sa.update(MailMessage).where(MailMessage.id.in_(mail_ids)).values(raw=b""))
    return []
