"""What accounts add to other rooms' pages."""

from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import advisors as advising
from app.accounts import holders
from app.accounts.people_forms import CardsForm, SlipsForm
from app.accounts.prints import PrintKind
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel


def person(actor: Actor, factory: Factory) -> Panel | None:
    """The way to a new PIN, in the row of a person of the factory."""
    if not actor.scope(Permission.PEOPLE_PIN).reaches(factory.programme_id, factory.id):
        return None
    return Panel("pin", _("New PIN"), "accounts/_pin_link.html", {"code": factory.code})


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """Cards and PIN slips to print, for those who may give them."""
    if not actor.scope(Permission.PEOPLE_PIN).reaches(factory.programme_id, factory.id):
        return None
    return Panel("cards", _("Cards and PINs"), "accounts/_cards.html", partial(_cards, actor, factory))


def _cards(actor: Actor, factory: Factory) -> dict[str, Any]:
    lines = holders.lines(factory.id)
    return {
        "factory": factory,
        "counts": holders.counts(factory.id),
        "cards": CardsForm(lines, prefix=PrintKind.CARDS),
        "slips": SlipsForm(lines, prefix=PrintKind.PINS),
        "orders": holders.orders_of(actor, factory.id),
    }


def advisors(actor: Actor, factory: Factory) -> Panel | None:
    """Who advises the factory, from when and until when."""
    listed = advising.advisors_of(factory)
    may_assign = actor.scope(Permission.ACCOUNTS_INVITE).reaches(factory.programme_id)
    context = {"advisors": listed, "may_assign": may_assign}
    return Panel("advisors", _("Advisors"), "accounts/_advisors.html", context) if listed or may_assign else None
