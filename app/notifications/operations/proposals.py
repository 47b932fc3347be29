"""Another time that was proposed and is not taken: an answer that calendars understand, too."""

from flask_babel import force_locale

from app.notifications.letters import written
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.platform.mail.message import Calendar
from app.sessions.calendar.facts import Facts
from app.sessions.calendar.invite import Method, calendar_bytes
from app.sessions.calendar.text import one_line
from app.sessions.calendar.wording import Reader, lines
from app.sessions.models import Invitation
from app.sessions.queries.entries import invite_of, page_of


def tell_proposal_declined(invitation_id: int) -> None:
    """Tell whoever proposed it (DECLINECOUNTER, RFC 5546). Nothing when the entry has gone meanwhile."""
    invitation = db.session.get_one(Invitation, invitation_id)
    facts = Facts.read(invitation.told)
    if facts is None:
        return
    training, method = invitation.meeting.training, Method.DECLINECOUNTER
    letter = written(
        "proposal_declined",
        invitation.language,
        name=invitation.name,
        title=facts.title,
        lines=lines(facts, training.code, Reader(invitation.language, invitation.zone)),
        page=page_of(training.id),
    )
    with force_locale(best([invitation.language])):
        subject = _("It stays as it is: %(title)s", title=one_line(facts.title))
    queue(
        Mail(
            recipient=invitation.address,
            recipient_name=one_line(invitation.name),
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=best([invitation.language]),
            kind="sessions.proposal",
            about=f"training:{training.id}",
            calendar=Calendar(calendar_bytes(invite_of(invitation, facts, method)), method),
        )
    )
