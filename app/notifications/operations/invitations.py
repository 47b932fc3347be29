"""Calendar mails: a request when something is new or has moved, a cancellation when it is gone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import force_locale

from app.notifications.letters import Letter, written
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.platform.mail.message import Calendar
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import Method, calendar_bytes
from app.sessions.calendar.wording import PARTS, Reader, lines
from app.sessions.models import Invitation
from app.sessions.queries.entries import invite_of, page_of


def send_invitation(invitation_id: int, method: str, before: Mapping[str, Any]) -> None:
    """Queue the mail that brings one calendar up to date."""
    invitation = db.session.get_one(Invitation, invitation_id)
    is_cancelled = method == Method.CANCEL
    was = Facts.read(before)
    facts = replace(was, join_url=None) if was and is_cancelled else Facts.read(invitation.told)
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
            calendar=Calendar(calendar_bytes(invite_of(invitation, facts, Method(method))), method),
        )
    )


def _letter(invitation: Invitation, facts: Facts, was: Facts | None, *, is_cancelled: bool) -> Letter:
    """The reader should see at once what changed."""
    training = invitation.meeting.training
    reader = Reader(invitation.language, invitation.zone)
    return written(
        "meeting_cancelled" if is_cancelled else "invitation",
        invitation.language,
        name=invitation.name,
        title=facts.title,
        lines=lines(facts, training.code, reader, was),
        changed=[PARTS[part] for part in facts.changed_from(was)],
        reason=training.cancelled_reason,
        page=page_of(training.id),
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
