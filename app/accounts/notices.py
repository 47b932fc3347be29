"""The privacy notice: which one holds, and who has read it."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import NoticeShown
from app.platform.clock import now
from app.platform.db import db

NOTICE_VERSION = "2026-11-25"
"""Changed whenever the meaning of the notice changes: then everybody is shown it again."""


def has_read(actor: Actor) -> bool:
    """Whether the account or person has read the present notice."""
    whose = (
        NoticeShown.account_id == actor.account_id
        if actor.account_id is not None
        else NoticeShown.person_id == actor.person_id
    )
    statement = sa.select(NoticeShown.id).where(whose, NoticeShown.version == NOTICE_VERSION)
    return db.session.scalar(statement.limit(1)) is not None


def note_read(actor: Actor, language: str) -> None:
    """Note that whoever is signed in has read the present notice in a language."""
    db.session.add(
        NoticeShown(
            account_id=actor.account_id,
            person_id=actor.person_id,
            version=NOTICE_VERSION,
            language=language,
            at=now(),
        )
    )
