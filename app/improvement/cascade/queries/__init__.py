"""Reading the sessions that ambassadors held, and whom they reached."""

from app.improvement.cascade.queries.people import Employed, employed_on, numbered, on_day
from app.improvement.cascade.queries.reach import Figures, figures, heads, reached
from app.improvement.cascade.queries.sessions import Chosen, chain, declared, listed, one, roster, standing

__all__ = [
    "Chosen",
    "Employed",
    "Figures",
    "chain",
    "declared",
    "employed_on",
    "figures",
    "heads",
    "listed",
    "numbered",
    "on_day",
    "one",
    "reached",
    "roster",
    "standing",
]
