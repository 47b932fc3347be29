"""What the figures of a factory mean (DOMAIN 6.2). Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.coverage.proposals.rules import Crew, split_into_runs
from app.coverage.rules import Figure
from app.factories.rules import JobRole, Sex

AHEAD = 6
"""Months that a forecast looks ahead."""
_SAID = {Sex.F, Sex.M, Sex.OTHER}


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    met: int
    of: int


@dataclass(frozen=True)
class Equity:
    """Women among the covered, and among all who are active; of those whose sex is known."""

    women_covered: int
    covered: int
    women: int
    active: int

    @property
    def gap(self) -> int:
        """Percentage points; below 0 where women are covered less than men."""
        return round(100 * self.women_covered / self.covered - 100 * self.women / self.active)


@dataclass(frozen=True)
class OnLine:
    """People of one role on one line - None: on none - under a requirement."""

    line_id: int | None
    part: str | None
    active: int
    covered: int


def equity(figures: Iterable[Figure]) -> Equity | None:
    """None where there are not both women and others, or nobody is covered: there is nothing to hold against it."""
    known = [each for each in figures if each.sex in _SAID]
    women = [each for each in known if each.sex is Sex.F]
    found = Equity(
        sum(each.covered for each in women), sum(each.covered for each in known),
        sum(each.active for each in women), sum(each.active for each in known),
    )  # fmt: skip
    return found if found.covered and 0 < found.women < found.active else None


def lines_covered(lines: Collection[int], places: Iterable[OnLine]) -> Share | None:
    """Lines one of whose supervisors is covered, of all that are open; None where the factory told of no line."""
    led = {each.line_id for each in places if each.part == JobRole.SUPERVISOR and each.covered}
    return Share(len(led & set(lines)), len(lines)) if lines else None


def level_pairs(places: Iterable[OnLine]) -> Share | None:
    """Sections with direct and indirect supervisors in which some of both are covered; None where none has both."""
    by_line: dict[int, dict[str | None, OnLine]] = defaultdict(dict)
    for each in places:
        if each.line_id is not None and each.active:
            by_line[each.line_id][each.part] = each
    both = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)
    paired = [found for found in by_line.values() if all(level in found for level in both)]
    met = sum(all(found[level].covered for level in both) for found in paired)
    return Share(met, len(paired)) if paired else None


def runs_needed(factory_id: int, places: Iterable[OnLine], largest: int, one_in: int) -> int:
    """So many runs take everybody who is not covered; a line spares only some of its people at a time."""
    crews: dict[int | None, Crew] = {}
    for each in places:
        was = crews.get(each.line_id, Crew(factory_id, each.line_id, 0, 0))
        uncovered = max(0, each.active - each.covered)
        crews[each.line_id] = Crew(factory_id, each.line_id, was.people + each.active, was.uncovered + uncovered)
    waiting = [crew for crew in crews.values() if crew.uncovered]
    return len(split_into_runs(waiting, largest, one_in)) if waiting and largest else 0


@dataclass(frozen=True)
class Turnover:
    """People of a role: at work a year ago and today, and how many left the factory in between."""

    before: int
    now: int
    left: int


def monthly_exit(roles: Collection[str], turnover: Mapping[str, Turnover]) -> float | None:
    """The share of these people that leaves in a month, by what happened in the last twelve; None where nobody is."""
    own = [turnover[role] for role in roles if role in turnover]
    people = sum(each.before + each.now for each in own) / 2
    return min(1.0, sum(each.left for each in own) / people / 12) if people else None


def remains(share: float, rate: float, months: int = AHEAD) -> float:
    """What is left of a share when nobody new is trained, and so many leave each month."""
    return float(share * (1 - rate) ** months)
