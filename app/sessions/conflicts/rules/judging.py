"""All rules, one after the other."""

from app.sessions.conflicts.rules import days, people, places, teaching, travel
from app.sessions.conflicts.rules.asked import Proposal
from app.sessions.conflicts.rules.found import Conflict
from app.sessions.conflicts.rules.known import Known

RULES = (
    teaching.busy,
    teaching.away,
    teaching.unqualified,
    teaching.speechless,
    teaching.interpreters,
    places.rooms,
    places.small,
    places.venues,
    places.links,
    places.gone,
    people.busy,
    people.release,
    days.rest,
    days.holidays,
    days.pauses,
    travel.travel,
)


def judge(proposal: Proposal, known: Known) -> list[Conflict]:
    """What speaks against a plan: first what stops it, each by half-day. The same clash is said once."""
    found: dict[str, Conflict] = {}
    for half_day in proposal.judged:
        for rule in RULES:
            for conflict in rule(proposal, known, half_day):
                found.setdefault(conflict.key, conflict)
    return sorted(found.values(), key=lambda conflict: (not conflict.stops, conflict.starts))
