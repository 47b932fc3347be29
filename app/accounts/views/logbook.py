"""The log of changes, searched by its address."""

from datetime import date

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import logbook
from app.accounts.logbook import LogFilter
from app.accounts.pages import LogPage
from app.accounts.views.blueprint import bp
from app.platform.web import render
from app.platform.web.addresses import page_address

ZONE = "UTC"


@bp.get("/log", may=Permission.AUDIT_READ)
def log() -> Response:
    asked = request.args
    chosen = LogFilter(
        action=_plain("action"),
        subject=_plain("subject"),
        account=_plain("account"),
        since=asked.get("since", type=date.fromisoformat),
        until=asked.get("until", type=date.fromisoformat),
    )
    found = logbook.entries(g.actor, chosen, asked.get("page", 1, type=int), ZONE)
    before = page_address(found.number - 1) if found.number > 1 else ""
    return render(LogPage(found, chosen, ZONE, before, page_address(found.number + 1) if found.has_more else ""))


def _plain(name: str) -> str:
    """What was typed, without signs that nobody sees: databases refuse some of them."""
    return "".join(sign for sign in request.args.get(name, "") if sign.isprintable()).strip()
