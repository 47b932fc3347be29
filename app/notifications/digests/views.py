"""What one is told: the own choices, and stopping digests by the link in a mail.

Opening the link changes nothing: mail scanners open links, too. A mail program posts to it (RFC 8058); people press a
button on a page whose address holds no token.
"""

from datetime import timedelta

import flask
from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.accounts import tickets
from app.accounts.devices import network
from app.accounts.operations import own_account
from app.notifications.choices import without_digests, without_reminders
from app.notifications.digests import operations
from app.notifications.digests.forms import ChoicesForm
from app.notifications.digests.pages import ChoicesPage, DeadStopPage, StopPage
from app.notifications.digests.tokens import account_of
from app.platform.i18n import _
from app.platform.web import PUBLIC, SIGNED_IN, Blueprint, render, see_other
from app.platform.web.throttle import spend

bp = Blueprint("digests", __name__)
_WINDOW, _DEAD_OF_A_NETWORK = timedelta(minutes=10), 60
_KEPT = "unsubscribe"


@bp.get("/account/notifications", may=SIGNED_IN)
def choices() -> Response:
    account = own_account(g.actor)
    chosen = {
        "digests": account.id not in without_digests([account.id]),
        "reminders": account.id not in without_reminders([account.id]),
    }
    return render(ChoicesPage(ChoicesForm(data=chosen)))


@bp.post("/account/notifications", may=SIGNED_IN)
def choose() -> Response:
    form = ChoicesForm(request.form)
    operations.choose(g.actor, has_digests=form.digests.data, has_reminders=form.reminders.data)
    flask.flash(_("Saved."), "done")
    return see_other(url_for("digests.choices"))


@bp.get("/unsubscribe/<token>", may=PUBLIC)
def open_link(token: str) -> Response:
    _count_dead(token)
    tickets.keep_link(_KEPT, token[:200])
    return see_other(url_for("digests.ask"))


@bp.post("/unsubscribe/<token>", may=PUBLIC, from_anywhere=True)
def one_click(token: str) -> Response:
    """A mail program says it for its reader, without a cookie and without following anything."""
    _count_dead(token)
    operations.stop_by_token(token)
    return flask.make_response("", 200)


@bp.get("/unsubscribe", may=PUBLIC)
def ask() -> Response:
    return render(StopPage(is_done=False)) if account_of(tickets.kept_link(_KEPT)) else render(DeadStopPage(), 410)


@bp.post("/unsubscribe", may=PUBLIC)
def stop() -> Response:
    token = tickets.kept_link(_KEPT)
    if account_of(token) is None:
        return render(DeadStopPage(), 410)
    operations.stop_by_token(token)
    tickets.drop_link()
    return render(StopPage(is_done=True))


def _count_dead(token: str) -> None:
    """What opens nothing is counted; live links always open."""
    if account_of(token) is None:
        spend(f"unsubscribe-network:{network()}", most=_DEAD_OF_A_NETWORK, window=_WINDOW)
