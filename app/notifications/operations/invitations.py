"""Calendar mails: a request when something is new or has moved, a cancellation when it is gone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.orm import joinedload

from app.notifications.letters import Form, form
from app.platform.db import db
from app.platform.i18n import lazy
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue_all
from app.platform.mail.message import Calendar
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import Method, calendar_bytes
from app.sessions.calendar.text import one_line
from app.sessions.calendar.wording import PARTS, Reader, lines
from app.sessions.events import EntryChange
from app.sessions.models import Invitation, TrainingSession
from app.sessions.queries.entries import invite_of, page_of
from app.sessions.rules import TrainingState

SUBJECTS: dict[str, Any] = {
    "sessions.cancellation": lazy("Cancelled: %(title)s, %(day)s"),
    "sessions.change": lazy("Changed: %(title)s, %(day)s"),
    "sessions.invitation": lazy("Invitation: %(title)s, %(day)s"),
}
POSTPONED = lazy("Postponed: %(title)s, %(day)s")
_AT_ONCE = 500


class _Saying(NamedTuple):
    """What one mail says, whoever gets it."""

    reader: Reader
    facts: Facts
    was: Facts | None
    method: Method
    is_postponed: bool


class _Form(NamedTuple):
    """What all recipients of the same facts in the same language get."""

    subject: str
    kind: str
    letter: Form


def send_invitations(training_id: int, changes: Sequence[EntryChange]) -> None:
    """Queue the mails that bring calendars up to date. What many are told alike is put into words once."""
    training = db.session.get_one(TrainingSession, training_id)
    invitations = _loaded([change.invitation_id for change in changes])
    forms: dict[_Saying, _Form] = {}
    mails = []
    for change in changes:
        invitation = invitations[change.invitation_id]
        saying = _saying(invitation, change)
        if saying not in forms:
            forms[saying] = _form(training, saying)
        mails.append(_mail(invitation, saying, forms[saying]))
    queue_all(mails)


def _loaded(ids: list[int]) -> dict[int, Invitation]:
    found: dict[int, Invitation] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = sa.select(Invitation).where(Invitation.id.in_(ids[start : start + _AT_ONCE]))
        found |= {row.id: row for row in db.session.scalars(some.options(joinedload(Invitation.meeting)))}
    return found


def _saying(invitation: Invitation, change: EntryChange) -> _Saying:
    method, was = Method(change.method), Facts.read(change.before)
    is_cancelled = method is Method.CANCEL
    facts = was if is_cancelled else Facts.read(invitation.told)
    if facts is None:
        raise ValueError(f"Invitation {invitation.id} has nothing to say.")
    if is_cancelled:
        facts, was = replace(facts, join_url=None), None  # who is out needs no link any more
    is_postponed = is_cancelled and invitation.meeting.is_postponed
    return _Saying(Reader(invitation.language, invitation.zone), facts, was, method, is_postponed)


def _mail(invitation: Invitation, saying: _Saying, form: _Form) -> Mail:
    letter = form.letter.to(invitation.name)
    return Mail(
        recipient=invitation.address,
        recipient_name=one_line(invitation.name),
        subject=form.subject,
        text=letter.text,
        html=letter.html,
        language=best([invitation.language]),
        kind=form.kind,
        about=f"training:{invitation.meeting.training_id}",
        calendar=Calendar(calendar_bytes(invite_of(invitation, saying.facts, saying.method)), saying.method),
    )


def _form(training: TrainingSession, saying: _Saying) -> _Form:
    """The reader should see at once what changed."""
    is_cancelled = saying.method is Method.CANCEL
    kind = "sessions.cancellation" if is_cancelled else "sessions.change" if saying.was else "sessions.invitation"
    letter = form(
        "meeting_cancelled" if is_cancelled else "invitation",
        saying.reader.language,
        title=saying.facts.title,
        lines=lines(saying.facts, training.code, saying.reader, saying.was),
        changed=[PARTS[part] for part in saying.facts.changed_from(saying.was)],
        reason=_reason(training),
        is_postponed=saying.is_postponed,
        page=page_of(training.id),
    )
    return _Form(_subject(kind, saying), kind, letter)


def _reason(training: TrainingSession) -> str | None:
    """Why all of it goes, as far as anybody said."""
    by_state = {
        TrainingState.CANCELLED: training.cancelled_reason, TrainingState.POSTPONED: training.postponed_reason,
    }
    return by_state.get(training.state)


def _subject(kind: str, saying: _Saying) -> str:
    locale = best([saying.reader.language])
    with force_locale(locale):
        day = format_date(saying.facts.starts, locale, "medium")
        wording = POSTPONED if saying.is_postponed else SUBJECTS[kind]
        return str(wording) % {"title": one_line(saying.facts.title), "day": day}
