"""What the frame of every page shows: the menu of the actor, notices, the way out."""

from collections.abc import Sequence
from typing import Any

from flask import g, get_flashed_messages, request, url_for

from app.accounts import kiosks

MenuEntry = tuple[Any, str, Any]
"""What is read, the endpoint it leads to, the permission that shows it."""


def page_frame(entries: Sequence[MenuEntry]) -> dict[str, Any]:
    """What the frame of every page shows."""
    actor = g.get("actor")
    ways = [(label, url_for(endpoint)) for label, endpoint, permission in entries if actor and actor.may(permission)]
    menu = [{"label": label, "href": href, "current": request.path.startswith(href)} for label, href in ways]
    return {
        "menu": menu,
        "notices": get_flashed_messages(with_categories=True),
        "account_url": url_for("accounts.account") if actor and actor.account_id else "",
        "language_url": url_for("accounts.choose_language"),
        "sign_out_url": url_for("accounts.sign_out"),
        "idle_lock": _idle_lock() if actor and actor.is_kiosk else None,
    }


def _idle_lock() -> dict[str, Any]:
    """How a page on a shared tablet signs its person out when nobody touches it."""
    return {
        "seconds": kiosks.IDLE_SECONDS,
        "warning": kiosks.WARNING_SECONDS,
        "here": url_for("kiosk.here"),
        "done": url_for("attempts.hand_over"),
        "names": url_for("kiosk.people"),
    }
