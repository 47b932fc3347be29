"""Mails that came in, for who looks at them; and other times that were proposed."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.web import Blueprint, render, see_other
from app.platform.web.paging import paginate
from app.sessions.queries.planning import programmes
from app.sessions.replies import operations, queries
from app.sessions.replies.pages import IncomingMailPage, IncomingPage
from app.sessions.replies.queries import IncomingFilter
from app.sessions.replies.reading import texts
from app.sessions.replies.rules import Reason
from app.sessions.replies.wording import OUTCOMES, REASONS

bp = Blueprint("replies", __name__)
LONGEST_TEXT = 20_000


@bp.get("/mail/incoming", may=Permission.MAIL_READ)
def index() -> Response:
    chosen = IncomingFilter(
        everything=request.args.get("show") == "all",
        reason=next((each for each in Reason if each.value == request.args.get("reason")), None),
    )
    found = paginate(queries.incoming(g.actor, chosen), request.args.get("page", 1, type=int))
    return render(IncomingPage.of(found, chosen, queries.faulty_visits(g.actor), _zone()))


@bp.get("/mail/incoming/<int:incoming_id>", may=Permission.MAIL_READ)
def mail(incoming_id: int) -> Response:
    found = queries.incoming_mail(g.actor, incoming_id)
    training_id = found.invitation.meeting.training_id if found.invitation else None
    shown = [text[:LONGEST_TEXT] for text in texts(found.raw) if text.strip()]
    return render(IncomingMailPage(found, shown, training_id, _zone(), REASONS, OUTCOMES))


@bp.post("/mail/incoming/<int:incoming_id>/seen", may=Permission.MAIL_READ)
def mark_seen(incoming_id: int) -> Response:
    operations.mark_seen(g.actor, incoming_id)
    flash(_("Marked as seen."), "done")
    return see_other(url_for("replies.index"))


@bp.post("/sessions/<int:training_id>/proposals/<int:invitation_id>/refusal", may=Permission.SESSIONS_PLAN)
def decline(training_id: int, invitation_id: int) -> Response:
    operations.decline_proposal(g.actor, training_id, invitation_id)
    flash(_("The half-day stays when it is. Whoever proposed another time is told."), "done")
    return see_other(url_for("sessions.training", training_id=training_id, _anchor="answers"))


def _zone() -> str:
    """The zone of the one programme whose mails these are, else UTC."""
    own = programmes(g.actor, Permission.MAIL_READ)
    return own[0].zone if len(own) == 1 else "UTC"
