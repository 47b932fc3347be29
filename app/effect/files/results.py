"""What reading a file of weekly figures gives. Frozen values, named as the samples name them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.effect.rules import Key
from app.factories.sheets.problems import RowProblem

ERRORS = frozenset({
    "impossible_value", "not_a_number", "week_invalid", "duplicate_week", "missing_line", "date_invalid", "day_to_come",
})
HIGHEST = 200.0
"""Per cent: no line is more efficient than this; a figure above is a slip."""
MOST_MINUTES = 7 * 24 * 60


class Problem(RowProblem):
    """Something wrong in one row of weekly figures or trainings."""

    errors = ERRORS


@dataclass(frozen=True)
class Row:
    """A usable week of a line. `minutes` are those of one operator, `stated` is the efficiency that the file says."""

    row: int
    factory: str
    line: str
    key: Key
    monday: date
    operators: float
    minutes: float
    sam: float
    pieces: float
    defects: float | None = None
    stated: float | None = None

    @property
    def efficiency(self) -> float:
        """In per cent: pieces * sam * 100 / (operators * minutes)."""
        return self.pieces * self.sam * 100.0 / (self.operators * self.minutes)


@dataclass(frozen=True)
class Unused:
    """A row that is not used: its line, "" where it names none, and the number of its week, if that can be read."""

    row: int
    factory: str
    key: Key
    week: int | None


@dataclass(frozen=True)
class Weeks:
    """A checked file. A refused one has a `reason` and no rows. `present` are the weeks of which a line has any row,
    usable or not."""

    file: str
    reason: str | None = None
    missing: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    unused: tuple[Unused, ...] = ()
    read: int = 0
    present: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    nameless: Mapping[Key, int] = field(default_factory=dict)
    """Rows of a line whose week cannot be read: each may be one that seems to be missing."""
    ignored: tuple[str, ...] = ()
    """Headings of columns of which nothing is read."""

    def of(self, belongs: Callable[[str], bool]) -> "Weeks":
        """The rows of the factories that belong, with what is wrong in them and in no other row."""
        rows = tuple(each for each in self.rows if belongs(each.factory))
        unused = tuple(each for each in self.unused if belongs(each.factory))
        own = {each.row for each in rows} | {each.row for each in unused}
        problems = tuple(each for each in self.problems if each.row in own)
        return replace(self, rows=rows, unused=unused, problems=problems, read=len(own))
