"""Reads of roadmaps, always in the scope of the actor."""

from app.improvement.roadmap.queries.actions import ActionFilter, action, history, listed, of_factory, overdue_first
from app.improvement.roadmap.queries.facts import steps
from app.improvement.roadmap.queries.offers import Proposal, open_findings, owners, proposed, working

__all__ = [
    "ActionFilter",
    "Proposal",
    "action",
    "history",
    "listed",
    "of_factory",
    "open_findings",
    "overdue_first",
    "owners",
    "proposed",
    "steps",
    "working",
]
