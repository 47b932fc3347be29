"""The outbox: what was sent, what waits, what was refused and by whom."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.notifications import queries
from app.notifications.pages import MailPage, OutboxPage
from app.notifications.queries import MailFilter
from app.notifications.reading import read, withheld
from app.notifications.wording import KINDS, STATES
from app.platform.mail.models import MailState
from app.platform.mail.operations import is_secret
from app.platform.web import Blueprint, render
from app.platform.web.paging import paginate
from app.sessions.queries import planning

bp = Blueprint("notifications", __name__)


@bp.get("/outbox", may=Permission.MAIL_READ)
def outbox() -> Response:
    asked = request.args.get("state", "")
    chosen = MailFilter(
        state=next((state for state in MailState if state.value == asked), None),
        about=request.args.get("about", ""),
    )
    rows = paginate(queries.mails(g.actor, chosen), request.args.get("page", 1, type=int))
    return render(OutboxPage(rows, chosen, KINDS, STATES, _zone()))


@bp.get("/outbox/<int:mail_id>", may=Permission.MAIL_READ)
def mail(mail_id: int) -> Response:
    message = queries.mail(g.actor, mail_id)
    subject, _, number = message.about.partition(":")
    training_id = int(number) if subject == "training" and number.isdigit() else None
    shown = withheld(message.raw) if is_secret(message.kind) else read(message.raw)
    return render(MailPage(message, shown, KINDS, STATES, _zone(), training_id))


def _zone() -> str:
    """The zone of the one programme whose mails these are, else UTC."""
    programmes = planning.programmes(g.actor, Permission.MAIL_READ)
    return programmes[0].zone if len(programmes) == 1 else "UTC"
