"""Writes lists of people as the programs of HR offices do: formats, encodings, layouts."""

import csv
import io
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from app.factories.roster.choices import read_choices
from app.factories.roster.read import open_tables
from app.platform.tables import CellError
from tests.factories.roster.sample_files import content
from tests.platform.tables.packages import ods

Grid = list[list[Any]]


def sample_grid(wanted: dict[str, Any]) -> Grid:
    """The cells of a sample's sheet as a rectangle, merged cells below the headings filled in."""
    tables = open_tables(content(wanted["file"]), read_choices({"country": wanted["country"]}))
    sheet = next(sheet for sheet in tables.sheets if sheet.name == wanted.get("sheet", sheet.name))
    width = max(map(len, sheet.rows))
    rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    for merge in sheet.merges:
        if merge.first_row > wanted["header_row"]:
            for row in range(merge.first_row, min(merge.last_row, len(rows)) + 1):
                rows[row - 1][merge.first_column - 1] = rows[merge.first_row - 1][merge.first_column - 1]
    return rows


def written(value: Any) -> str:
    """A cell as a program writes it into text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value.text if isinstance(value, CellError) else str(value)


def as_text(rows: Grid, delimiter: str = ",", end: str = "\r\n", **options: Any) -> str:
    """Delimited text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, **options).writerows(map(written, row) for row in rows)
    return out.getvalue()


def as_xlsx(*sheets: Grid, date_1904: bool = False, date_format: str = "dd/mm/yyyy", names: tuple[str, ...] = ()) -> bytes:
    """A workbook; dates are cells with a format."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "date_1904": date_1904}
    book = xlsxwriter.Workbook(out, options)
    day = book.add_format({"num_format": date_format})
    for number, rows in enumerate(sheets):
        page = book.add_worksheet(names[number] if names else None)
        for place in ((row, column, value) for row, cells in enumerate(rows) for column, value in enumerate(cells)):
            _put(page, *place, day)
    book.close()
    return out.getvalue()


def _put(page: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, CellError):
        page.write_formula(row, column, "=NA()", None, value.text)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write_number(row, column, value)


def as_ods(rows: Grid) -> bytes:
    """OpenDocument with equal cells and rows written once and counted, to the ends of the sheet."""
    body = "".join(_ods_row(row, times) for row, times in _runs(rows))
    last = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return ods(f'<table:table table:name="Feuille1">{body}{last}</table:table>')


def _runs(items: list[Any]) -> list[tuple[Any, int]]:
    runs: list[tuple[Any, int]] = []
    for item in items:
        if runs and runs[-1][0] == item:
            runs[-1] = (item, runs[-1][1] + 1)
        else:
            runs.append((item, 1))
    return runs


def _ods_row(row: list[Any], times: int) -> str:
    cells = "".join(_ods_cell(value, repeat) for value, repeat in _runs(row))
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'


def _ods_cell(value: Any, times: int) -> str:
    kind = ' office:value-type="string"'
    if isinstance(value, float):
        kind = f' office:value-type="float" office:value="{value!r}"'
    elif isinstance(value, date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}T00:00:00"'
    elif isinstance(value, CellError):
        kind = ' office:value-type="string" office:string-value=""'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in written(value).split("\n"))
    shown = f"{kind}>{lines}</table:table-cell>" if value is not None else "/>"
    return f'<table:table-cell table:number-columns-repeated="{times}"{shown}'
