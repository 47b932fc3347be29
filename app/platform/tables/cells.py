"""What a reader gives: sheets of plain values, numbered as a spreadsheet program shows them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CellError:
    """A cell whose formula failed, such as #N/A or #REF!."""

    text: str


Value = str | float | bool | date | CellError | None


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns from 1, both ends belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """`rows[0]` is row 1. Rows end with their last used cell; blank rows are empty lists."""

    name: str
    rows: list[list[Value]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def cell(self, row: int, column: int) -> Value:
        """The value at row and column, both from 1; None outside the used part."""
        values = self.rows[row - 1] if row <= len(self.rows) else []
        return values[column - 1] if column <= len(values) else None


@dataclass(frozen=True)
class Tables:
    """One opened file. `encoding` and `delimiter` are set for text files only."""

    kind: str
    sheets: tuple[Sheet, ...]
    date_1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None


def column_number(letters: str) -> int:
    """`A` is 1, `AA` is 27. Raises ValueError for anything but the letters A to Z."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters!r}")
        number = number * 26 + ord(letter) - 64
    if not number:
        raise ValueError("not a column: empty")
    return number


def column_letters(number: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
