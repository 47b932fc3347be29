"""What reading a file of weekly figures gives. Frozen values, named as the samples name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.effect.rules import Key

ERRORS = frozenset({
    "impossible_value", "not_a_number", "week_invalid", "duplicate_week", "cell_error", "missing_line", "date_invalid",
})
HIGHEST = 200.0
"""Per cent: no line is more efficient than this; a figure above is a slip."""
MOST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class Problem:
    """Something wrong in one row. Errors keep the row out, warnings do not. `value` is what stood there."""

    row: int
    code: str
    field: str
    value: str | None = None

    @property
    def severity(self) -> str:
        """error or warning"""
        return "error" if self.code in ERRORS else "warning"


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
class Weeks:
    """A checked file. A refused one has a `reason` and no rows. `present` are the weeks of which a line has any row,
    usable or not."""

    file: str
    reason: str | None = None
    missing: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: int = 0
    present: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    nameless: Mapping[Key, int] = field(default_factory=dict)
    """Rows of a line whose week cannot be read: each may be one that seems to be missing."""

    @property
    def bad(self) -> int:
        """Rows that are not used."""
        return self.read - len(self.rows)
