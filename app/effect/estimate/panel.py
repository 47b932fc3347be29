"""Weeks of lines as arrays: what was measured, what was trained by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.effect.rules import Line, Week, week_number

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Panel:
    """The lines of one factory. Rows are lines, columns weeks; `logs` is NaN where nothing usable was said.

    `starts` is the column of the first week that began after the training, or the number of weeks for a line that
    was not trained by the end. `free` and `after` tell cells apart; the weeks of the training itself are neither.
    """

    lines: tuple[Line, ...]
    logs: Array
    starts: Array
    free: Array
    after: Array
    shifts: Array
    """Weeks since the first trained one; before the training negative, as if that took one week. 0 in rows that were
    never trained."""
    begins: int
    """The number of the week of the first column."""

    def without(self, row: int) -> "Panel":
        """The same factory, as if one line did not exist."""
        keep = np.arange(len(self.lines)) != row
        return Panel(tuple(line for line, kept in zip(self.lines, keep, strict=True) if kept), self.logs[keep],
                     self.starts[keep], self.free[keep], self.after[keep], self.shifts[keep], self.begins)

    @property
    def is_trained(self) -> Array:
        """Lines that were trained before the last week."""
        found: Array = self.starts < self.logs.shape[1]
        return found


def panel(lines: Sequence[Line], weeks: Sequence[Week]) -> Panel:
    """The lines of one factory; weeks between the first and the last that nobody names are columns too."""
    first = min(each.monday.toordinal() for each in weeks) // 7
    width = max(each.monday.toordinal() for each in weeks) // 7 - first + 1
    rows = {line.key: row for row, line in enumerate(lines)}
    logs = np.full((len(lines), width), np.nan)
    for each in weeks:
        if each.line in rows:
            logs[rows[each.line], week_number(each.monday) - first] = np.log(each.efficiency)
    began, trained = (
        np.array([week_number(day) - first if day else width for day in days])
        for days in ([line.trained_from for line in lines], [line.trained_on for line in lines]))
    return _told_apart(tuple(lines), logs, began, trained, first)


def _told_apart(lines: tuple[Line, ...], logs: Array, began: Array, trained: Array, begins: int) -> Panel:
    width = logs.shape[1]
    columns = np.arange(width)[None, :]
    starts = np.minimum(trained + 1, width)
    known = np.isfinite(logs)
    free = known & (columns < began[:, None])
    after = known & (columns > trained[:, None])
    is_trained = starts < width
    since = np.where(after, columns - starts[:, None], columns - began[:, None] - 1)
    shifts = np.where(is_trained[:, None], since, 0)
    return Panel(lines, logs, starts, free, after, shifts, begins)


def by_factory(lines: Sequence[Line], weeks: Sequence[Week]) -> list[Panel]:
    """A panel for each factory with weeks: a week is compared with the same week of the same factory only."""
    told: Mapping[str, list[Line]] = {line.factory: [] for line in lines}
    for line in lines:
        told[line.factory].append(line)
    of_factory: dict[str, list[Week]] = {}
    for each in weeks:
        of_factory.setdefault(each.line[0], []).append(each)
    return [panel(listed, of_factory[name]) for name, listed in told.items() if name in of_factory]
