"""The own calendars, on the page of the account."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.feeds import queries
from app.sessions.feeds.wording import NAMES


def account(actor: Actor, _thing: object) -> Panel | None:
    """What can be subscribed to, with its address; nothing for who has no task with training sessions."""
    cards = queries.cards(actor)
    context = {"cards": cards, "names": NAMES}
    return Panel("calendars", _("Calendar subscriptions"), "sessions/feeds/_cards.html", context) if cards else None
