"""What the frame of every page shows: the menu of the actor, notices, the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, get_flashed_messages, request, url_for

from app.access.actor import Actor
from app.accounts import kiosks

MenuEntry = tuple[Any, str, Any]
"""What is read, the endpoint it leads to, the permission that shows it."""
MenuSection = tuple[Any, Sequence[str]]
"""What is read, and the endpoints of the entries that lie under it."""


@dataclass(frozen=True)
class Way:
    """A door of the menu."""

    label: Any
    href: str
    current: bool


@dataclass(frozen=True)
class Section:
    """Doors that open together."""

    label: Any
    items: Sequence[Way]

    @property
    def current(self) -> bool:
        return any(each.current for each in self.items)


def menu(
    entries: Sequence[MenuEntry], sections: Sequence[MenuSection], actor: Actor | None, path: str
) -> list[Way | Section]:
    """What an actor sees: first the doors of no section, then the sections; one with a single door is that door."""
    ways = {
        endpoint: Way(label, url_for(endpoint), path.startswith(url_for(endpoint)))
        for label, endpoint, permission in entries
        if actor and actor.may(permission)
    }
    below = {endpoint for _label, endpoints in sections for endpoint in endpoints}
    found: list[Way | Section] = [way for endpoint, way in ways.items() if endpoint not in below]
    for label, endpoints in sections:
        items = [ways[endpoint] for endpoint in endpoints if endpoint in ways]
        found += [Section(label, items)] if len(items) > 1 else items
    return found


def page_frame(entries: Sequence[MenuEntry], sections: Sequence[MenuSection]) -> dict[str, Any]:
    """What the frame of every page shows."""
    actor = g.get("actor")
    return {
        "menu": menu(entries, sections, actor, request.path),
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
