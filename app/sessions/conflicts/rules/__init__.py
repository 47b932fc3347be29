"""What speaks against a plan: plain values in, conflicts out. Pure."""

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal, SiteAsked, place_name
from app.sessions.conflicts.rules.found import WEIGHTS, Conflict, Kind, Other, Override, Severity, fingerprint
from app.sessions.conflicts.rules.judging import judge
from app.sessions.conflicts.rules.known import Known

__all__ = [
    "WEIGHTS",
    "Conflict",
    "HalfDayAsked",
    "Kind",
    "Known",
    "Other",
    "Override",
    "Proposal",
    "Severity",
    "SiteAsked",
    "fingerprint",
    "judge",
    "place_name",
]
