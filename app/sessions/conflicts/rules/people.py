"""Those who have a seat."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal
from app.sessions.conflicts.rules.found import Conflict, Kind, Other
from app.sessions.conflicts.rules.known import Known, Taker
from app.sessions.conflicts.rules.saying import at_once, clash

Found = Iterator[Conflict]


def busy(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """People sit in another training session at the time: one conflict for each, with all their names."""
    elsewhere: dict[Other, list[Taker]] = defaultdict(list)
    for taker in _present(known, half_day):
        for other in at_once(half_day, known.seated.get(taker.person_id or 0, ())):
            elsewhere[other].append(taker)
    for other, takers in elsewhere.items():
        numbers = " ".join(str(each) for each in sorted(taker.person_id or 0 for taker in takers))
        names = tuple(sorted(taker.name for taker in takers))
        yield clash(Kind.PEOPLE_BUSY, half_day, numbers, other, people=names)


def release(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """More supervisors of a line are away at the same time than production can do without (DOMAIN 7.4).

    At most one in `release_one_in`, and always one: else a short line could never send anybody. Seats in other
    training sessions count.
    """
    here = {taker.person_id for taker in _present(known, half_day)}
    for number, crew in sorted(known.crews.items()):
        sent = here & crew.people
        others = {each for each in crew.people - sent if any(at_once(half_day, known.seated.get(each, ())))}
        most = most_away(len(crew.people), known.release_one_in)
        if sent and len(sent) + len(others) > most:
            facts: dict[str, Any] = {
                "line": crew.name, "factory": crew.factory, "away": len(sent) + len(others), "most": most,
                "total": len(crew.people), "elsewhere": len(others),
            }  # fmt: skip
            numbers = " ".join(str(each) for each in sorted(each for each in {*sent, *others} if each))
            yield clash(Kind.LINE_RELEASE, half_day, f"{number} {numbers}", **facts)


def most_away(supervisors: int, one_in: int) -> int:
    """How many supervisors of a line may be away at a time."""
    return max(1, supervisors // max(1, one_in))


def _present(known: Known, half_day: HalfDayAsked) -> list[Taker]:
    """Who takes part in the half-day: all, unless it uses some of the sites alone."""
    sites = {site.site_id for site in half_day.sites}
    return [taker for taker in known.takers if taker.person_id is not None and taker.site_id in sites]
