"""Answers that calendars send: mails as they come in, read by the verb that reads everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import sqlalchemy as sa

from app.access.roles import Role
from app.demo import staff
from app.demo.cast import Cast
from app.demo.places import BANGLADESH, CAMBODIA, ETHIOPIA, SRI_LANKA, VIET_NAM, Place
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.calendar.content import line
from app.sessions.calendar.text import escaped, mailto
from app.sessions.models import Invitation, Meeting, TrainingSession
from app.sessions.replies.operations import receive

_FORM = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Said:
    """What somebody answers to one half-day; with `later` it is another time that is proposed."""

    partstat: str
    note: str = ""
    later: timedelta | None = None

    @property
    def method(self) -> str:
        return "COUNTER" if self.later else "REPLY"


_YES = Said("ACCEPTED")
_TRAINERS: dict[Place, dict[int, Said]] = {
    SRI_LANKA: {-1: Said("DECLINED", "I have to leave at noon that day.")},
}
"""By the place of a half-day among those to come, counted from the end with a minus; to the others they say yes."""
_FACTORIES: dict[Place, dict[int, Said]] = {
    CAMBODIA: {0: _YES, 1: _YES, 2: Said("TENTATIVE", "Can we begin an hour later?", timedelta(hours=1))},
    ETHIOPIA: {0: _YES, 1: Said("DECLINED", "Two lines have a delivery that afternoon.")},
    VIET_NAM: {0: _YES, 1: Said("TENTATIVE", "The meeting room may be taken.")},
}


def answer(cast: Cast) -> None:
    """What trainer and factory answer to the entries of what is still to come."""
    trainer = _entries(cast, staff.member_of(Role.TRAINER, cast.place).email)
    told = _TRAINERS.get(cast.place, {})
    for number, invitation in enumerate(trainer):
        _receive(invitation, told.get(number, told.get(number - len(trainer), _YES)))
    factory = _entries(cast, staff.member_of(Role.FOCAL_POINT, cast.place).email)
    for number, said in _FACTORIES.get(cast.place, {}).items():
        _receive(factory[number], said)
    if cast.place is BANGLADESH:
        receive(_away(factory[0]))


def _entries(cast: Cast, address: str) -> Sequence[Invitation]:
    """What stands in the calendar at this address, in the order of time."""
    mine = sa.select(Invitation).join(Invitation.meeting).join(Meeting.training)
    coming = mine.where(TrainingSession.programme_id == cast.programme_id, Meeting.starts_at > now())
    found = db.session.scalars(coming.where(Invitation.address == address).order_by(Meeting.starts_at))
    return [invitation for invitation in found if invitation.told]


def _receive(invitation: Invitation, said: Said) -> None:
    letter = _letter(invitation, said.partstat.capitalize())
    letter.set_content(said.note or said.partstat.capitalize())
    letter.add_alternative(_calendar(invitation, said), subtype="calendar", params={"method": said.method})
    receive(letter.as_bytes())


def _away(invitation: Invitation) -> bytes:
    """A mailbox that answers by itself changes nothing."""
    letter = _letter(invitation, "Out of office")
    letter["Auto-Submitted"] = "auto-replied"
    letter.set_content("I am on leave. In urgent cases call the front desk.")
    return letter.as_bytes()


def _letter(invitation: Invitation, subject: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = invitation.address, settings().mail_sender
    letter["Subject"], letter["Date"] = subject, format_datetime(now())
    letter["Message-ID"] = f"<{invitation.uid.partition('@')[0]}@mail.{invitation.address.rpartition('@')[2]}>"
    return letter


def _calendar(invitation: Invitation, said: Said) -> str:
    def moment(at: datetime) -> str:
        return at.astimezone(UTC).strftime(_FORM)

    meeting, later = invitation.meeting, said.later or timedelta()
    return "".join((
        line("BEGIN", "VCALENDAR"), line("VERSION", "2.0"), line("PRODID", "-//Calendar of the story//EN"),
        line("METHOD", said.method), line("BEGIN", "VEVENT"),
        line("UID", invitation.uid), line("SEQUENCE", str(invitation.sequence)), line("DTSTAMP", moment(now())),
        line("DTSTART", moment(meeting.starts_at + later)), line("DTEND", moment(meeting.ends_at + later)),
        line("ATTENDEE", mailto(invitation.address), PARTSTAT=said.partstat),
        *([line("COMMENT", escaped(said.note))] if said.note else []),
        line("END", "VEVENT"), line("END", "VCALENDAR"),
    ))  # fmt: skip
