"""Who has read the notice."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import NoticeShown
from app.platform.db import db
from app.privacy.rules import NOTICE_VERSION


def has_read(actor: Actor) -> bool:
    """Whether the account or person has read the present notice."""
    whose = (
        NoticeShown.account_id == actor.account_id
        if actor.account_id is not None
        else NoticeShown.person_id == actor.person_id
    )
    statement = sa.select(NoticeShown.id).where(whose, NoticeShown.version == NOTICE_VERSION)
    return db.session.scalar(statement.limit(1)) is not None
