"""What a buyer opens: the figures that a factory shows it, and nothing else.

Opening changes nothing but a count: mail scanners and previews open links, too. The address of the page holds no
secret, and a link that has ended answers as one that never was (TRAPS T42-T44, T58).
"""

from datetime import timedelta
from functools import partial

from flask import url_for
from werkzeug.wrappers import Response

from app.accounts import tickets
from app.accounts.devices import network
from app.platform.db import db, read_aside
from app.platform.web import PUBLIC, Blueprint, file_response, render, see_other
from app.platform.web.throttle import spend
from app.reports.sharing import operations, queries, tables
from app.reports.sharing.pages import DeadPage, SharedPage

bp = Blueprint("shared", __name__)
_KEPT = "shared"
_WINDOW = timedelta(minutes=10)
_OPENED_BY_A_NETWORK, _DEAD_OF_A_NETWORK = 600, 60


@bp.get("/shared/<token>", may=PUBLIC)
def open_link(token: str) -> Response:
    tickets.keep_link(_KEPT, token[: queries.LONGEST_TOKEN])
    return _discreet(see_other(url_for("shared.shared")))


@bp.get("/shared", may=PUBLIC)
def shared() -> Response:
    spend(f"shared:{network()}", _OPENED_BY_A_NETWORK, _WINDOW)
    token = tickets.kept_link(_KEPT)
    if (counted := read_aside(partial(queries.to_count, token=token))) is not None:
        operations.note_visit(*counted)
    if (found := queries.opened(token)) is None:
        return _dead()
    return _discreet(render(SharedPage(found, queries.figures(found), queries.last_day(found))))


@bp.post("/shared/table", may=PUBLIC)
def table() -> Response:
    """The same figures for a spreadsheet."""
    spend(f"shared:{network()}", _OPENED_BY_A_NETWORK, _WINDOW)
    found = queries.opened(tickets.kept_link(_KEPT))
    if found is None:
        return _dead()
    return _discreet(file_response(tables.as_csv(found), f"training-{found.starts_on}-{found.ends_on}.csv", "text/csv"))


def _dead() -> Response:
    """The same page for a link that has ended and for what never was one. What opens nothing is counted."""
    db.session.rollback()  # what was read is over: counting is a transaction of its own
    spend(f"shared-dead:{network()}", _DEAD_OF_A_NETWORK, _WINDOW)
    return _discreet(render(DeadPage(), 404))


def _discreet(response: Response) -> Response:
    """No other site is told the address, and no search engine keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
