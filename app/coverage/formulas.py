"""What advisors read out of figures (DOMAIN 6.2). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from app.coverage.rules import Figure
from app.factories.rules import JobRole, Sex

AHEAD = (3, 6, 12)
"""Months for which a forecast is made."""
RELEASE_ONE_IN = 4
"""At most one supervisor in so many is away at the same time, unless the programme says something else."""


@dataclass(frozen=True)
class Part:
    """So many of so many; no share where there are none."""

    met: int
    of: int

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None


@dataclass(frozen=True)
class OnLine:
    """People of one role on one line or section."""

    line_id: int
    role: str | None
    active: int
    covered: int


@dataclass(frozen=True)
class Gap:
    """Women among the covered and women among all who are active, each with the people that it is counted of."""

    covered: Part
    active: Part

    @property
    def points(self) -> float | None:
        """The share among the covered less that among all; below nothing: women are left behind."""
        if self.covered.share is None or self.active.share is None:
            return None
        return self.covered.share - self.active.share


def lines_covered(rows: Iterable[OnLine], line_ids: Iterable[int]) -> Part:
    """Lines with a supervisor of their own who is covered, of all lines that are open."""
    lines = set(line_ids)
    met = {row.line_id for row in rows if row.covered and row.role == JobRole.SUPERVISOR}
    return Part(len(met & lines), len(lines))


def level_pairs(rows: Iterable[OnLine]) -> Part:
    """Sections where both a supervisor and an indirect supervisor are covered, of those that have both."""
    levels = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)
    known = list(rows)
    there, met = (
        [{row.line_id for row in known if row.role == level and getattr(row, name)} for level in levels]
        for name in ("active", "covered")
    )
    return Part(len(met[0] & met[1]), len(there[0] & there[1]))


def equity_gap(figures: Iterable[Figure]) -> Gap:
    """Of those whose sex is known."""
    known = [each for each in figures if each.sex in {Sex.F, Sex.M, Sex.OTHER}]
    women = [each for each in known if each.sex is Sex.F]
    covered = Part(sum(each.covered for each in women), sum(each.covered for each in known))
    return Gap(covered, Part(sum(each.active for each in women), sum(each.active for each in known)))


def sessions_needed(uncovered: int, active: int, group: int, one_in: int = RELEASE_ONE_IN) -> int:
    """So many runs until nobody is left: by the size of a group, and by how many may be away at once."""
    if uncovered <= 0:
        return 0
    away = max(1, active // one_in)
    return max(ceil(uncovered / max(1, group)), ceil(uncovered / away))


def exit_rate(exits: int, person_months: float) -> float | None:
    """How many leave the role in a month, of those who are in it; None where nobody was."""
    return exits / person_months if person_months else None


def forecast(share: float, rate: float, months: Sequence[int] = AHEAD) -> list[float]:
    """What is left of a share after so many months in which people leave at a rate and nobody is trained."""
    return [share * (1 - rate) ** number for number in months]


def months_between(start: date, end: date) -> float:
    """Months of 365/12 days."""
    return max(0, (end - start).days) * 12 / 365
