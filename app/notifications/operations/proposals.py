"""Another time that was proposed and is not taken: an answer that calendars understand, too."""


from app.notifications.posting import To, post
from app.platform.db import db
from app.platform.i18n import _
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
    post(
        "proposal_declined", To(invitation.address, invitation.name, invitation.language),
        lambda: _("It stays as it is: %(title)s", title=one_line(facts.title)), kind="sessions.proposal",
        about=f"training:{training.id}", title=facts.title,
        lines=lines(facts, training.code, Reader(invitation.language, invitation.zone)), page=page_of(training.id),
        calendar=Calendar(calendar_bytes(invite_of(invitation, facts, method)), method),
    )  # fmt: skip
