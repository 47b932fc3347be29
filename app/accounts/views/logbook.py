"""The log of changes, searched by its address."""

from datetime import date
from urllib.parse import urlencode

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import logbook
from app.accounts.logbook import LogFilter
from app.accounts.pages import LogPage
from app.accounts.views.blueprint import bp
from app.platform.web import render

ZONE = "UTC"
LARGEST = 2**31 - 1


@bp.get("/log", may=Permission.AUDIT_READ)
def log() -> Response:
    asked = request.args
    chosen = LogFilter(
        action=_plain("action"),
        subject=_plain("subject"),
        account=_plain("account"),
        since=asked.get("since", type=date.fromisoformat),
        until=asked.get("until", type=date.fromisoformat),
        before=asked.get("before", type=_key),
    )
    found = logbook.entries(g.actor, chosen, ZONE)
    newest, older = _address() if chosen.before else "", _address(found.older) if found.older else ""
    return render(LogPage(found, chosen, ZONE, newest, older))


def _key(text: str) -> int:
    """The key of an entry; larger numbers are no keys."""
    return min(int(text), LARGEST)


def _address(before: int | None = None) -> str:
    """This search, from its newest entry or from before another one."""
    asked = [(name, value) for name, value in request.args.items() if name != "before"]
    more = [("before", str(before))] if before else []
    return f"{url_for('accounts.log')}?{urlencode([*asked, *more])}"


def _plain(name: str) -> str:
    """What was typed, without signs that nobody sees: databases refuse some of them."""
    return "".join(sign for sign in request.args.get(name, "") if sign.isprintable()).strip()
