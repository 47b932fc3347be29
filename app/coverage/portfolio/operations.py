"""Taking the portfolio out as a table."""

from app.access.actor import Actor
from app.coverage.portfolio.reading import Chosen, Portfolio, portfolio
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import Refused

MOST = 5000
"""Factories in one table."""


def export_portfolio(actor: Actor, chosen: Chosen) -> Portfolio:
    """What a filter shows, to be taken out. Raises Refused when there is nothing, or too much."""
    found = portfolio(actor, chosen)
    if not found.rows:
        raise Refused(_("There is no such factory."))
    if len(found.rows) > MOST:
        raise Refused(_("This list is too long for one table. Choose fewer factories."))
    audit.record(actor, "coverage.export_portfolio", f"account:{actor.account_id}", factories=len(found.rows))
    return found
