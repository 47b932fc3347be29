"""Values that are written once for several rows: merged cells, ditto marks, headings of groups."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.factories.roster.text import as_text, error_text
from app.factories.roster.vocabulary import words
from app.platform.tables import Sheet, Value


@cache
def _ditto() -> frozenset[str]:
    return frozenset(word.casefold() for word in words("marks")["ditto"])


def is_ditto(text: str) -> bool:
    """True for signs that repeat what stands above."""
    return text.casefold() in _ditto()


def repeated_values(sheet: Sheet, columns: Sequence[int], people: Sequence[int]) -> dict[int, str]:
    """The text of the columns for each row of a person, merged cells and ditto marks filled in."""
    merged = {row: merge.first_row for merge in sheet.merges if merge.first_column in columns
              for row in range(merge.first_row, min(merge.last_row, len(sheet.rows)) + 1)}
    found: dict[int, str] = {}
    above = ""
    for row in people:
        values = [sheet.cell(merged.get(row, row), column) or sheet.cell(row, column) for column in columns]
        text = " ".join(text for value in values if error_text(value) is None and (text := as_text(value)))
        above = found[row] = above if is_ditto(text) else text
    return found


def repeated_cells(sheet: Sheet, column: int | None, rows: Sequence[int]) -> dict[int, Value]:
    """Like `repeated_values` for one column, but a cell that says something itself stays as it is: a date is a date."""
    if column is None:
        return {}
    texts = repeated_values(sheet, [column], rows)
    cells = {row: sheet.cell(row, column) for row in rows}
    return {
        row: cell if as_text(cell) == texts[row] or error_text(cell) is not None else texts[row]
        for row, cell in cells.items()}


def headed_values(sheet: Sheet, kinds: Mapping[int, str]) -> dict[int, str]:
    """For lists grouped under headings: the text of the heading above each row."""
    found: dict[int, str] = {}
    heading = ""
    for row in sorted(kinds):
        if kinds[row] == "section":
            heading = next((text for value in sheet.rows[row - 1] if (text := as_text(value))), "")
        found[row] = heading
    return found
