"""What the delivery log holds of a person."""

import email
from email import policy
from email.message import EmailMessage

import sqlalchemy as sa

from app.factories.merging.rows import Exported, Moved, Parting, Planned, plain
from app.factories.models import Person
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import Seat

ERASED = "erased@invalid"
_SHOWN = (MailMessage.id, MailMessage.subject, MailMessage.kind, MailMessage.about, MailMessage.created_at)


class MailData:
    """Mails to a person, and mails to others that name the person. They were sent as they are: none goes over."""

    def plan(self, loser_id: int, winner_id: int) -> Planned:
        """Mails stay in the log."""
        to = [int(row.id) for row in self._to(loser_id)]
        return {"moved": {}, "kept": {}, "logged": {"mail_message": to} if to else {}}

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Nothing moves."""
        return {"moved": {}}

    def restore(self, parting: Parting) -> None:
        """Nothing went over."""

    def export(self, person_id: int) -> Exported:
        """Mails to the person: what for and when."""
        return {
            "mail_message": [
                {name: plain(value) for name, value in row._mapping.items()} for row in self._to(person_id)
            ]
        }

    def erase(self, person_id: int) -> list[str]:
        """That a mail was sent stays; what it said, and to whom, goes when it names the person."""
        person = db.session.get_one(Person, person_id)
        words = [word for word in (person.name, person.local_name, person.email, person.phone) if word]
        trainings = db.session.scalars(sa.select(Seat.training_id).where(Seat.person_id == person_id)).all()
        near: sa.ColumnElement[bool] = MailMessage.about.in_([f"training:{each}" for each in trainings])
        if person.email:
            near = sa.or_(near, MailMessage.recipient == person.email)
        for mail in db.session.scalars(sa.select(MailMessage).where(near)):
            if mail.recipient == person.email:
                mail.recipient = ERASED
            if any(word in text for text in (mail.subject, *texts(mail.raw)) for word in words):
                blank(mail)
                mail.subject = "" if any(word in mail.subject for word in words) else mail.subject
        return []

    def _to(self, person_id: int) -> list[sa.Row[tuple[object, ...]]]:
        address = sa.select(Person.email).where(Person.id == person_id).scalar_subquery()
        return list(db.session.execute(sa.select(*_SHOWN).where(MailMessage.recipient == address)))


def blank(mail: MailMessage) -> None:
    """Take the text out of a mail; one that has not been sent yet never will be."""
    mail.raw, mail.reply = b"", None
    if mail.state in {MailState.QUEUED, MailState.DELAYED}:
        mail.state = MailState.REFUSED


def texts(raw: bytes) -> list[str]:
    """The readable parts and the headings of a mail."""
    if not raw:
        return []
    message = email.message_from_bytes(raw, policy=policy.default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    bodies = [str(part.get_content()) for part in parts if isinstance(part, EmailMessage)]
    return [*map(str, message.values()), *bodies]


PERSON_DATA = MailData()
