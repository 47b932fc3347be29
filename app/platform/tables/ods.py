"""OpenDocument spreadsheets (.ods): stored values only, nothing is ever calculated."""

from collections.abc import Mapping
from datetime import date, datetime

from app.platform.tables.cells import CellError, Merge, Sheet, Tables, Value
from app.platform.tables.grid import Budget, Grid
from app.platform.tables.limits import Limits, TableRefused
from app.platform.tables.markup import local, walk

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_CELLS = {"table-cell", "covered-table-cell"}
_OUTSIDE = {"table-source", "cell-range-source", "dde-source", "dde-link", "script", "event-listener"}
_NOT_CONTENT = {"annotation", "frame", "shapes", "custom-shape", "ruby-text"}
_NUMBERS = {"float", "percentage", "currency"}


def read_ods(parts: Mapping[str, bytes], limits: Limits, *, times: bool = False) -> Tables:
    """All sheets in the order of their tabs; with `times` days keep their time of day. Raises TableRefused."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise TableRefused("file_encrypted")
    content = parts.get("content.xml")
    if content is None:
        raise TableRefused("file_damaged")
    reader = _Content(limits, times=times)
    walk(content, reader.start, reader.end, reader.text)
    return Tables("ods", tuple(reader.sheets))


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


class _Content:
    def __init__(self, limits: Limits, *, times: bool) -> None:
        self.limits = limits
        self.times = times
        self.budget = Budget(limits)
        self.sheets: list[Sheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.tables: list[tuple[str, bool]] = []
        self.grid = Grid(self.budget)
        self.row = self.column = 0
        self.row_repeat = 1
        self.row_cells: list[tuple[int, int, Value]] = []
        self.cell: dict[str, str] = {}
        self.covered = False
        self.pieces: list[str] = []
        self.paragraphs = 0
        self.aside = 0
        self.listening = 0

    def start(self, tag: str, raw: Mapping[str, str]) -> None:
        name = local(tag)
        if name in _OUTSIDE:
            raise TableRefused("file_unsafe")
        if name in _NOT_CONTENT:
            self.aside += 1
        if self.aside:
            return
        attributes = {local(key): value for key, value in raw.items()}
        if name in _CELLS:
            self.cell, self.covered = attributes, name != "table-cell"
            self.pieces.clear()
            self.paragraphs = 0
        elif name in {"p", "s", "tab", "line-break"}:
            self._start_text(name)
        elif name == "table-row":
            self.row_repeat, self.column = _count(attributes, "number-rows-repeated"), 0
            self.row_cells = []
        else:
            self._start_table(name, attributes)

    def _start_text(self, name: str) -> None:
        if name == "p":
            if self.paragraphs:
                self.pieces.append("\n")
            self.paragraphs += 1
            self.listening += 1
        elif self.listening:
            self.pieces.append(" " if name in {"s", "tab"} else "\n")

    def _start_table(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            hidden = attributes.get("style-name", "") in self.hidden_styles
            self.tables.append((attributes.get("name", ""), hidden))
            self.grid, self.row = Grid(self.budget), 0

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in _NOT_CONTENT:
            self.aside -= 1
        elif self.aside:
            return
        elif name == "p":
            self.listening -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self.tables:
            title, hidden = self.tables.pop()
            self.sheets.append(self.grid.sheet(title, hidden=hidden))

    def text(self, data: str) -> None:
        if self.listening and not self.aside:
            self.pieces.append(data)

    def _end_cell(self) -> None:
        repeat = _count(self.cell, "number-columns-repeated")
        value = None if self.covered else self._value()
        if value is not None and value != "":
            self.row_cells.append((self.column + 1, repeat, value))
        rows, columns = _count(self.cell, "number-rows-spanned"), _count(self.cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            first_row, first_column = self.row + 1, self.column + 1
            self.grid.merge(Merge(first_row, first_column, first_row + rows - 1, first_column + columns - 1))
        self.column += repeat
        self.cell = {}

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.row_repeat
        for column, repeat, value in self.row_cells:
            if column + repeat - 1 > self.limits.columns or self.row > self.limits.rows:
                raise TableRefused("file_too_large")
            for row in range(first, self.row + 1):
                for offset in range(repeat):
                    self.grid.put(row, column + offset, value)

    def _value(self) -> Value:
        text = "".join(self.pieces)
        kind = self.cell.get("value-type", "")
        if text.startswith("#") and kind in {"error", ""}:
            return CellError(text)
        if kind in _NUMBERS:
            return self._number(text)
        if kind == "date":
            return self._day(text)
        if kind == "boolean":
            return self.cell.get("boolean-value") == "true"
        return (self.cell.get("string-value") or text) if kind == "string" else text

    def _number(self, text: str) -> Value:
        try:
            return float(self.cell.get("value", ""))
        except ValueError:
            return text

    def _day(self, text: str) -> Value:
        said = self.cell.get("date-value", "")
        try:
            return datetime.fromisoformat(said) if self.times and "T" in said else date.fromisoformat(said[:10])
        except ValueError:
            return text
