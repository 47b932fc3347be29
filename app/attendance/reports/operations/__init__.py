"""The verbs of meeting reports: receive files, decide who is who, make marks of it. None of them commits."""

from app.attendance.reports.operations.deciding import confirm_exact, decide
from app.attendance.reports.operations.marking import Outcome, apply, outcomes
from app.attendance.reports.operations.receiving import read, receive

__all__ = ["Outcome", "apply", "confirm_exact", "decide", "outcomes", "read", "receive"]
