"""What the delivery log holds of a person."""

import email
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from email import policy
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from app.accounts.addresses import addresses_of, own_addresses
from app.factories.known import known, roots
from app.factories.merging.rows import Exported, Planned, Rows, Tables, plain
from app.factories.models import Employment
from app.notifications.models import Telling
from app.notifications.rules import TellingKind
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.person_data import trainings_naming

ERASED = "erased@invalid"
_RENAMING = ("factories.correct_person", "factories.undo_roster", "factories.separate_people")
_NAMING = ("notifications.reminder", "sessions.seats", "sessions.called_off", "sessions.given_back")
"""Mails to others that call people by their names."""
_SHOWN = (MailMessage.id, MailMessage.subject, MailMessage.kind, MailMessage.about, MailMessage.created_at)


class MailData(Tables):
    """Mails to a person, and mails to others that name the person. They were sent as they are: none goes over. That
    somebody was reminded does.
    """

    tables = (Rows(Telling, Telling.person_id, training=Telling.training_id),)

    def plan(self, loser_id: int, winner_id: int) -> Planned:
        """Mails stay in the log."""
        planned = super().plan(loser_id, winner_id)
        to = [int(row.id) for row in self._to(loser_id)]
        return {**planned, "logged": {**planned["logged"], "mail_message": to} if to else planned["logged"]}

    def export(self, person_id: int) -> Exported:
        """Mails to the person, and reminders: what for and when."""
        mails = [{name: plain(value) for name, value in row._mapping.items()} for row in self._to(person_id)]
        return {**super().export(person_id), "mail_message": mails}

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """That a mail was sent stays; what it said, and to whom, goes when it names one of these people."""
        told, renamed, about = known(person_ids), _renamed(person_ids), trainings_naming(person_ids)
        people_of = {f"training:{training_id}": people for training_id, people in about.items()}
        forget_mails_to(own_addresses(person_ids))
        for mail in db.session.scalars(sa.select(MailMessage).where(MailMessage.about.in_(people_of))):
            people = people_of[mail.about]
            days = [renamed[each] for each in people if each in renamed]
            _forget_names(mail, {word for each in people for word in told[each].words}, max(days, default=None))
        for mail in db.session.scalars(sa.select(MailMessage).where(MailMessage.id.in_(_naming(person_ids)))):
            blank(mail)
        return []

    def _to(self, person_id: int) -> list[sa.Row[tuple[object, ...]]]:
        mine = MailMessage.recipient.in_(addresses_of([person_id]))
        return list(db.session.execute(sa.select(*_SHOWN).where(mine).order_by(MailMessage.id)))


def _naming(person_ids: Collection[int]) -> sa.Select[Any]:
    """Mails about certificates that name one of these people."""
    theirs = Telling.person_id.in_(person_ids), Telling.kind == TellingKind.CERTIFICATE
    return sa.select(Telling.mail_id).where(*theirs, Telling.mail_id.is_not(None))


def forget_mails_to(addresses: Collection[str]) -> None:
    """What was said to these addresses, and that it was to them."""
    for mail in db.session.scalars(sa.select(MailMessage).where(MailMessage.recipient.in_(addresses))):
        mail.recipient = ERASED
        blank(mail)
    db.session.flush()


def blank(mail: MailMessage) -> None:
    """Take the text out of a mail; one that has not been sent yet never will be."""
    mail.raw, mail.reply = b"", None
    if mail.state in {MailState.QUEUED, MailState.DELAYED}:
        mail.state = MailState.REFUSED


def _renamed(person_ids: Collection[int]) -> dict[int, datetime]:
    """Entry -> when its person was last given another name: what mails of before said, nobody knows any more."""
    leads = roots(person_ids)
    work = sa.select(Employment.person_id, Employment.factory_id).where(Employment.person_id.in_(leads)).distinct()
    of: dict[str, set[int]] = defaultdict(set)
    for person_id, root in leads.items():
        of[f"person:{person_id}"].add(root)
    for person_id, factory_id in db.session.execute(work):
        of[f"factory:{factory_id}"].add(leads[person_id])
    done = sa.select(AuditEntry.subject, sa.func.max(AuditEntry.at)).group_by(AuditEntry.subject)
    found: dict[int, datetime] = {}
    mine = done.where(AuditEntry.subject.in_(of), AuditEntry.action.in_(_RENAMING))
    for subject, at in db.session.execute(mine):
        found |= {root: max(at, found.get(root, at)) for root in of[subject]}
    return {person_id: found[root] for person_id, root in leads.items() if root in found}


def _forget_names(mail: MailMessage, words: Collection[str], renamed: datetime | None) -> None:
    is_older = renamed is not None and mail.created_at <= renamed and mail.kind in _NAMING
    if is_older or _speaks(words, *texts(mail.raw), mail.reply or ""):
        blank(mail)
    if _speaks(words, mail.subject):
        mail.subject = ""


def _speaks(words: Collection[str], *said: str) -> bool:
    """Wherever a line was broken."""
    return any(" ".join(word.split()) in " ".join(text.split()) for text in said for word in words)


def texts(raw: bytes) -> list[str]:
    """The readable parts and the headings of a mail."""
    if not raw:
        return []
    message = email.message_from_bytes(raw, policy=policy.default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    bodies = [str(part.get_content()) for part in parts if isinstance(part, EmailMessage)]
    return [*map(str, message.values()), *bodies]


PERSON_DATA = MailData()
