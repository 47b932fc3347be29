"""What incoming mails and answers hold of a person, and letting go of it."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from app.factories.known import known
from app.factories.merging.rows import plain
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Invitation, Meeting
from app.sessions.replies.models import IncomingMail
from app.sessions.replies.reading import texts
from app.sessions.replies.rules import Reason

_SHOWN = (IncomingMail.id, IncomingMail.received_at, IncomingMail.subject, IncomingMail.outcome, IncomingMail.partstat)
_NOBODY: dict[str, Any] = {"sender": "", "subject": "", "raw": b""}


def sent_by(addresses: Collection[str]) -> list[dict[str, Any]]:
    """Mails that came from these addresses: what about and when."""
    mine = sa.select(*_SHOWN).where(IncomingMail.sender.in_(addresses)).order_by(IncomingMail.id)
    return [{name: plain(value) for name, value in row._mapping.items()} for row in db.session.execute(mine)]


def forget_mails_from(addresses: Collection[str]) -> None:
    """Who wrote, and what; also the copies of our mails to these addresses that came back. That it came stays."""
    theirs = sa.select(Invitation.id).where(Invitation.address.in_(addresses))
    mine = sa.or_(IncomingMail.sender.in_(addresses), IncomingMail.invitation_id.in_(theirs))
    db.session.execute(sa.update(IncomingMail).where(mine).values(**_NOBODY))
    back = sa.select(IncomingMail).where(IncomingMail.reason == Reason.BOUNCE, IncomingMail.raw != b"")
    for row in db.session.scalars(back):
        if any(address.encode() in row.raw.lower() for address in addresses):
            row.sender, row.subject, row.raw = "", "", b""
    db.session.flush()


def forget_names(trainings: Mapping[int, Collection[int]], person_ids: Collection[int]) -> None:
    """What others wrote about these training sessions, where it calls one of these people by name."""
    told = known(person_ids)
    about = sa.select(Meeting.training_id, Invitation).join(Invitation.meeting)
    for training_id, invitation in db.session.execute(about.where(Meeting.training_id.in_(trainings))):
        words = {word for person_id in trainings[training_id] for word in told[person_id].words}
        if invitation.reply_note and _speaks(words, invitation.reply_note):
            invitation.reply_note = None
        for row in db.session.scalars(sa.select(IncomingMail).where(IncomingMail.invitation_id == invitation.id)):
            if _speaks(words, row.subject, *texts(row.raw)):
                row.sender, row.subject, row.raw = "", "", b""


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Mails that came in long enough ago and that still say something."""
    before = months_before(now(), settings().keep_evidence_months)
    says = sa.or_(IncomingMail.raw != b"", IncomingMail.sender != "", IncomingMail.subject != "")
    statement = sa.select(IncomingMail.id).where(says, IncomingMail.received_at <= before)
    if programmes is not None:
        statement = statement.where(IncomingMail.programme_id.in_(programmes))
    return statement.order_by(IncomingMail.id)


def forget(mail_ids: Collection[int]) -> list[str]:
    """Take out who wrote what."""
    db.session.execute(sa.update(IncomingMail).where(IncomingMail.id.in_(mail_ids)).values(**_NOBODY))
    return []


def _speaks(words: Collection[str], *said: str) -> bool:
    """Wherever a line was broken."""
    return any(" ".join(word.split()) in " ".join(text.split()) for text in said for word in words)
