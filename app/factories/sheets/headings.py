"""Where the headings of a file stand, and which column is what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.factories.roster.text import as_text
from app.platform.tables import Sheet, Value

_WITHIN = 30
KindOf = Callable[[Value], str | None]
Missing = Callable[[Mapping[str, int]], Sequence[str]]


@dataclass(frozen=True)
class Headed:
    """A sheet, the row of its headings, and the number of the column of each kind."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]

    def repeats(self, row: int) -> bool:
        """Whether a row only says the headings again."""
        named = {column: as_text(self.sheet.cell(self.row, column)) for column in self.columns.values()}
        said = {column: text for column, text in named.items() if text}
        return bool(said) and all(as_text(self.sheet.cell(row, column)) == text for column, text in said.items())

    def texts(self, row: int) -> list[str]:
        """What is written in a row, from its first column on."""
        return [text for value in self.sheet.rows[row - 1] if (text := as_text(value))]


def find(
    sheets: Sequence[Sheet], kind_of: KindOf, missing: Missing, *, sheet: str | None = None, row: int | None = None,
    columns: Mapping[str, int] | None = None,
) -> Headed:
    """The sheet and row whose headings say most, completed by what was chosen. One sheet at least is not empty."""
    used = [each for each in sheets if each.rows]
    named = [each for each in used if sheet is not None and each.name == sheet]
    found = [_headed(each, kind_of, row, columns or {}) for each in named or used]
    return max(found, key=lambda each: (-len(missing(each.columns)), not each.sheet.hidden, len(each.columns)))


def _headed(sheet: Sheet, kind_of: KindOf, chosen: int | None, columns: Mapping[str, int]) -> Headed:
    rows = [chosen] if chosen else range(1, min(len(sheet.rows), _WITHIN) + 1)
    found = {row: _columns(sheet.rows[row - 1], kind_of) for row in rows if row <= len(sheet.rows)}
    row = max(found, key=lambda each: (len(found[each]), -each), default=chosen or 1)
    return Headed(sheet, row, dict(columns) or found.get(row, {}))


def _columns(values: Sequence[Value], kind_of: KindOf) -> dict[str, int]:
    """The first column of each kind: one of the same kind beside it only repeats it."""
    found: dict[str, int] = {}
    for column, value in enumerate(values, 1):
        kind = kind_of(value)
        if kind and kind not in found:
            found[kind] = column
    return found


def judge(kind_of: KindOf) -> Callable[[str], float]:
    """Points for a decoding in which cells of the first lines are known headings."""
    def points(text: str) -> float:
        lines = text.splitlines()[:_WITHIN]
        cells = {cell.strip(' "') for line in lines for mark in ",;\t|" if mark in line for cell in line.split(mark)}
        return 0.25 * sum(1 for cell in cells if not cell.isascii() and kind_of(cell))

    return points
