"""Costs on the page of a training session."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.costs import queries
from app.sessions.costs.forms import CostForm
from app.sessions.costs.rules import major
from app.sessions.models import TrainingSession
from app.sessions.service.wording import PAYERS


def training(actor: Actor, training: TrainingSession) -> Panel | None:
    """What it cost and who paid, for whoever enters that."""
    if not queries.may_enter(actor, training):
        return None
    costs = queries.costs_of(training.id)
    totals: dict[str, int] = {}
    for cost in costs:
        totals[cost.currency] = totals.get(cost.currency, 0) + cost.amount
    context = {
        "training": training, "costs": costs, "payers": PAYERS, "form": CostForm(), "major": major, "totals": totals,
    }  # fmt: skip
    return Panel("costs", _("Costs and who paid"), "sessions/costs/_training.html", context)
