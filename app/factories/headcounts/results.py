"""What reading a headcount file gives. Frozen values, named as the samples name them."""

from dataclasses import dataclass
from datetime import date

from app.factories.headcounts.choices import Choices
from app.factories.roster.results import Skipped
from app.factories.sheets.problems import RowProblem

ERRORS = frozenset({"count_invalid", "date_invalid", "date_in_future", "unknown_role", "cell_error", "other_factory"})
DECLARED, REVISED = "declared", "revised"


class Problem(RowProblem):
    """Something wrong in a row of headcounts."""

    errors = ERRORS


@dataclass(frozen=True)
class Count:
    """One accepted row. In the long form `sex` and `people` say it; in the wide form women, men and undisclosed add
    up to `people`, and are None where only the total is known."""

    row: int
    as_of: date
    source: str
    role: str
    people: int
    sex: str | None = None
    women: int | None = None
    men: int | None = None
    undisclosed: int | None = None
    lines: int | None = None

    def by_sex(self) -> dict[str | None, int]:
        """People by sex; None where it is not known."""
        known: dict[str | None, int] = {}
        if self.women is None and self.men is None:
            return {self.sex: self.people}
        known |= {"F": self.women or 0, "M": self.men or 0}
        return {**known, "undisclosed": self.undisclosed} if self.undisclosed else known


@dataclass(frozen=True)
class Snapshot:
    """All accepted rows of one day and source."""

    as_of: date
    source: str
    lines: int | None
    counts: tuple[Count, ...]

    def with_sex(self, *sexes: str, role: str | None = None) -> int:
        """People of these sexes, of one role or of all."""
        return sum(
            number for count in self.counts if role in {None, count.role}
            for sex, number in count.by_sex().items() if sex in sexes)

    @property
    def total(self) -> int:
        return sum(count.people for count in self.counts)

    @property
    def undisclosed(self) -> int:
        """People who are not counted as women or men."""
        return self.total - self.with_sex("F", "M")


@dataclass(frozen=True)
class Headcounts:
    """A checked file. `outcome` is accepted or refused; a refused file has a `reason` and no rows."""

    file: str
    outcome: str
    choices: Choices
    reason: str | None = None
    missing: tuple[str, ...] = ()
    rows: tuple[Count, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def accepted(self) -> bool:
        """True when the file was read, whatever single rows are like."""
        return self.outcome == "accepted"

    @property
    def current(self) -> tuple[Snapshot, ...]:
        """One snapshot a day: a revised one replaces the earlier one of the same day."""
        newest = {found.as_of: found for found in self.snapshots if found.source != REVISED}
        newest |= {found.as_of: found for found in self.snapshots if found.source == REVISED}
        return tuple(newest[day] for day in sorted(newest))
