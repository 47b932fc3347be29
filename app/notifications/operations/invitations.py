"""Calendar mails: a request when something is new or has moved, a cancellation when it is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.notifications.letters import Letter, written
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.platform.mail.address import Mailbox
from app.platform.mail.message import Calendar
from app.sessions.calendar.invite import Invite, Method, calendar_bytes
from app.sessions.models import Invitation


@dataclass(frozen=True)
class Facts:
    """What a recipient was or is told about one half-day; times are wall time at `zone`."""

    title: str
    starts: datetime
    ends: datetime
    zone: str
    places: list[str]
    join_url: str | None
    modality: str

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Facts | None":
        """From what an invitation stores; None when that is nothing."""
        if not told:
            return None
        times = {name: datetime.fromisoformat(told[name]) for name in ("starts", "ends")}
        return cls(**{**told, **times})

    @property
    def when(self) -> tuple[datetime, datetime, str]:
        return self.starts, self.ends, self.zone


def send_invitation(invitation_id: int, method: str, before: Mapping[str, Any]) -> None:
    """Queue the mail that brings one calendar up to date."""
    invitation = db.session.get_one(Invitation, invitation_id)
    is_cancelled = method == Method.CANCEL
    was = Facts.read(before)
    facts = was if is_cancelled else Facts.read(invitation.told)
    if facts is None:
        raise ValueError(f"Invitation {invitation_id} has nothing to say.")
    letter = _letter(invitation, facts, None if is_cancelled else was, is_cancelled=is_cancelled)
    queue(
        Mail(
            recipient=invitation.address,
            recipient_name=invitation.name,
            subject=_subject(invitation.language, facts, was, is_cancelled=is_cancelled),
            text=letter.text,
            html=letter.html,
            language=best([invitation.language]),
            kind=_kind(was, is_cancelled=is_cancelled),
            about=f"training:{invitation.meeting.training_id}",
            calendar=Calendar(calendar_bytes(_invite(invitation, facts, Method(method), letter)), method),
        )
    )


def _letter(invitation: Invitation, facts: Facts, was: Facts | None, *, is_cancelled: bool) -> Letter:
    """`was` only counts when the time moved; the reader should see at once what changed."""
    moved = was if was and was.when != facts.when else None
    training = invitation.meeting.training
    return written(
        "meeting_cancelled" if is_cancelled else "invitation",
        invitation.language,
        name=invitation.name,
        facts=facts,
        moved=moved,
        is_change=was is not None,
        reason=training.cancelled_reason,
        code=training.code,
        page=_page(training.id),
    )


def _kind(was: Facts | None, *, is_cancelled: bool) -> str:
    if is_cancelled:
        return "sessions.cancellation"
    return "sessions.change" if was else "sessions.invitation"


def _subject(language: str, facts: Facts, was: Facts | None, *, is_cancelled: bool) -> str:
    locale = best([language])
    with force_locale(locale):
        values = {"title": " ".join(facts.title.split()), "day": format_date(facts.starts, locale, "medium")}
        if is_cancelled:
            return str(_("Cancelled: %(title)s, %(day)s", **values))
        return str(_("Changed: %(title)s, %(day)s", **values) if was else _("Invitation: %(title)s, %(day)s", **values))


def _invite(invitation: Invitation, facts: Facts, method: Method, letter: Letter) -> Invite:
    settings: Settings = current_app.extensions["settings"]
    page = _page(invitation.meeting.training_id)
    return Invite(
        uid=invitation.uid,
        sequence=invitation.sequence,
        stamp=now(),
        method=method,
        title=facts.title,
        description=letter.core,
        location=", ".join(facts.places),
        join_url=facts.join_url,
        starts=facts.starts,
        ends=facts.ends,
        zone=facts.zone,
        organizer=Mailbox(settings.mail_sender_name, settings.mail_sender),
        attendee=Mailbox(_one_line(invitation.name), invitation.address),
        url=page if page.startswith("https://") else None,
    )


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _page(training_id: int) -> str:
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}/sessions/{training_id}"
