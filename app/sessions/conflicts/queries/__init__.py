"""What speaks against a plan, read in a fixed number of statements."""

from app.sessions.conflicts.queries.accepted import Accepted, accepted
from app.sessions.conflicts.queries.finding import conflicts_of

__all__ = ["Accepted", "accepted", "conflicts_of"]
