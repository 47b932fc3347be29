"""Entries in calendars, from what was told: the mail and the feed say the same, word for word."""

from datetime import datetime
from functools import lru_cache
from typing import Protocol

from flask import current_app

from app.platform.clock import now
from app.platform.config import Settings
from app.platform.mail.address import Mailbox
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import Invite, Method
from app.sessions.calendar.text import one_line
from app.sessions.calendar.wording import Reader, description
from app.sessions.models import Invitation
from app.sessions.rules import Participation


def invite_of(invitation: Invitation, facts: Facts, method: Method = Method.REQUEST) -> Invite:
    """The entry of one recipient, who is told these facts. `stamped_at` is the moment of the mail."""
    return invite(
        facts,
        invitation.meeting.training,
        Mailbox(one_line(invitation.name), invitation.address),
        Reader(invitation.language, invitation.zone),
        uid=invitation.uid,
        sequence=invitation.sequence,
        stamp=invitation.stamped_at or now(),
        method=method,
        participation=invitation.participation,
    )


class Coded(Protocol):
    """As much of a training session as its entry needs."""

    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...


def invite(
    facts: Facts,
    training: Coded,
    attendee: Mailbox,
    reader: Reader,
    *,
    uid: str,
    sequence: int,
    stamp: datetime,
    method: Method,
    participation: Participation = Participation.NEEDS_ACTION,
) -> Invite:
    """The entry of anybody, also of somebody who gets no mail."""
    page = page_of(training.id)
    return Invite(
        uid=uid,
        sequence=sequence,
        stamp=stamp,
        method=method,
        title=facts.title,
        description=description(facts, training.code, reader),
        location=", ".join(facts.places),
        join_url=facts.join_url,
        starts=facts.starts,
        ends=facts.ends,
        zone=facts.zone,
        organizer=sender(),
        attendee=attendee,
        participation=participation,
        url=page if page.startswith("https://") else None,
    )


def sender() -> Mailbox:
    """Who organises every half-day: the address that mails come from and that calendars answer to."""
    settings: Settings = current_app.extensions["settings"]
    return _mailbox(settings.mail_sender_name, settings.mail_sender)


@lru_cache(maxsize=8)
def _mailbox(name: str, address: str) -> Mailbox:
    return Mailbox(name, address)


def page_of(training_id: int) -> str:
    """The address of the page of a training session, for mails and calendars."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}/sessions/{training_id}"
