"""The headings of a file, so that a person can say which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.factories.roster.text import as_text
from app.platform.tables import Tables, column_letters

_LONGEST = 60
_MOST_DIGITS = 4


@dataclass(frozen=True)
class Headings:
    """Names of the sheets, and letters -> heading of the row that was taken for the headings."""

    sheets: tuple[str, ...]
    columns: Mapping[str, str]


NOTHING = Headings((), {})
"""What a file offers that cannot be opened."""


def headings(tables: Tables, sheet_name: str | None, header_row: int | None) -> Headings:
    """What a file offers to choose from, as the sheet and row that were taken for its headings have it."""
    sheet = next((each for each in tables.sheets if each.name == sheet_name), tables.sheets[0])
    row = header_row or 1
    values = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    shown = {column_letters(number): as_text(value)[:_LONGEST] for number, value in enumerate(values, 1)}
    names = tuple(each.name for each in tables.sheets if each.name)
    return Headings(names, {letters: _without_data(text) for letters, text in shown.items() if text})


def _without_data(text: str) -> str:
    """Nothing for what can only be a value: where the wrong row was taken, a number of a person must not be kept."""
    return "" if sum(map(str.isdigit, text)) > _MOST_DIGITS else text
