"""Collects the cells of one sheet and stops at the limits while the file is still being read."""

from app.platform.tables.cells import Merge, Sheet, Value
from app.platform.tables.limits import Limits, TableRefused


class Budget:
    """Used cells and characters still allowed in the whole file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = limits.cells
        self.characters = limits.unpacked_bytes

    def spend(self, value: Value) -> None:
        """Count one cell. Raises TableRefused when there were too many or they hold too much."""
        self.cells -= 1
        if isinstance(value, str):
            self.characters -= len(value)
        if self.cells < 0 or self.characters < 0:
            raise TableRefused("file_too_large")


class Grid:
    """Grows with used cells only: formatted but blank rows and columns cost nothing."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.limits = budget.limits
        self.rows: list[list[Value]] = []
        self.merges: list[Merge] = []

    def put(self, row: int, column: int, value: Value) -> None:
        """Store one value, row and column from 1. Blank text is no value."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if row > self.limits.rows or column > self.limits.columns:
            raise TableRefused("file_too_large")
        if row < 1 or column < 1:
            raise TableRefused("file_damaged")
        self.budget.spend(value)
        while len(self.rows) < row:
            self.rows.append([])
        values = self.rows[row - 1]
        values.extend([None] * (column - len(values)))
        values[column - 1] = value

    def merge(self, merge: Merge) -> None:
        """Remember a merged range of a sensible size."""
        if len(self.merges) < self.limits.rows and merge.first_row <= self.limits.rows:
            self.merges.append(merge)

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """The finished sheet."""
        return Sheet(name, self.rows, tuple(self.merges), hidden)
