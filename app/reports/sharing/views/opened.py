"""What a buyer opens: the figures that a factory shows it, and nothing else.

A link leads to a door that tells nothing, and a button on it to the figures: mail scanners and previews in chats open
links, too, and neither count nor learn anything. The address of the page holds no secret, and a link that has ended
answers as one that never was (TRAPS T42-T44, T58).
"""

from datetime import timedelta

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts import tickets
from app.accounts.devices import network
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, Blueprint, file_response, render, see_other
from app.platform.web.throttle import spend
from app.reports.forms import EndingForm
from app.reports.sharing import operations, queries, tables
from app.reports.sharing.models import SharingConsent
from app.reports.sharing.pages import DeadPage, DoorPage, PrintedPage, SharedPage

bp = Blueprint("shared", __name__)
_CAME, _OPENED = "shared", "shared-open"
"""Whoever came by a link, and whoever asked for the figures then."""
_WINDOW = timedelta(minutes=10)
_OPENED_BY_A_NETWORK, _DEAD_OF_A_NETWORK = 600, 60


@bp.get("/shared/<token>", may=PUBLIC)
def open_link(token: str) -> Response:
    tickets.keep_link(_CAME, token[: queries.LONGEST_TOKEN])
    return _to_figures()


@bp.get("/shared", may=PUBLIC)
def shared() -> Response:
    found = _found()
    if found is None:
        return _dead()
    return _discreet(render(_page(SharedPage, found) if _is_open() else DoorPage()))


@bp.post("/shared", may=PUBLIC)
def look() -> Response:
    """Somebody wants to see the figures: this is what the factory is told of."""
    found = _found()
    if found is None:
        return _dead()
    operations.note_visit(found)
    tickets.keep_link(_OPENED, _token())
    return _to_figures()


@bp.get("/shared/print", may=PUBLIC)
def printed() -> Response:
    """The same figures on paper."""
    found = _found()
    if found is None:
        return _dead()
    return _discreet(render(_page(PrintedPage, found))) if _is_open() else _to_figures()


@bp.post("/shared/table", may=PUBLIC)
def table() -> Response:
    """The same figures for a spreadsheet."""
    found = _found()
    if found is None:
        return _dead()
    if not _is_open():
        return _to_figures()
    form = EndingForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    operations.note_file(found)
    data, media_type = tables.of_consent(found, form.ending.data or "")
    name = f"training-{found.starts_on}-{found.ends_on}.{form.ending.data}"
    return _discreet(file_response(data, name, media_type))


def _page(kind: type[SharedPage], found: SharingConsent) -> SharedPage:
    return kind(found, queries.figures(found), queries.last_day(found), queries.counted_on(found))


def _found() -> SharingConsent | None:
    """The consent whose link this browser carries."""
    spend(f"shared:{network()}", _OPENED_BY_A_NETWORK, _WINDOW)
    return queries.opened(_token())


def _token() -> str:
    return tickets.kept_link(_OPENED) or tickets.kept_link(_CAME)


def _is_open() -> bool:
    return bool(tickets.kept_link(_OPENED))


def _to_figures() -> Response:
    return _discreet(see_other(url_for("shared.shared")))


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
