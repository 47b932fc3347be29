"""Tables for others to open: a text stays a text, whatever it begins with (TRAPS T24, ASVS 1.2.10)."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None
# the full-width forms are read as formulas by some programs in East Asian locales
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet program could take it for a formula."""
    seen = text.lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if seen.startswith(_TRIGGERS) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark (spreadsheet programs need it), commas, CRLF; texts neutralised, numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(text) for text in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell).replace("\0", "") if isinstance(cell, str) else cell


@dataclass(frozen=True)
class Written:
    """One sheet of a workbook, as it is to be written."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    """Of the first columns, in signs; the others are as wide as programs make them."""


def write_xlsx(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1", right_to_left: bool = False
) -> bytes:
    """One sheet with a frozen bold heading. Text cells are typed as text, so they need no apostrophe."""
    return write_workbook([Written(sheet, header, rows)], right_to_left=right_to_left)


def write_workbook(
    sheets: Iterable[Written], *, right_to_left: bool = False, created: date | None = None
) -> bytes:
    """Several sheets, each with a frozen bold heading. With a day on which it says it was `created`, the same rows are
    the same bytes, and however many there are, one is in memory at a time.
    """
    out = io.BytesIO()
    held = {"constant_memory": True} if created else {"in_memory": True}
    book = xlsxwriter.Workbook(out, {**held, "strings_to_formulas": False, "strings_to_urls": False})
    if created:
        book.set_properties({"created": datetime.combine(created, time())})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name))
        if right_to_left:
            page.right_to_left()
        page.freeze_panes(1, 0)
        _widen(page, sheet.widths)
        for column, text in enumerate(sheet.header):
            page.write_string(0, column, text, bold)
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(row, column, cell, day)
                elif isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif cell is not None:
                    page.write_number(row, column, cell)
    book.close()
    return out.getvalue()


def _widen(page: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


def _sheet_name(text: str) -> str:
    """A name that spreadsheet programs take: at most 31 signs, none of those that mean something to them."""
    return "".join(sign for sign in text if sign not in "[]:*?/\\'")[:31] or "Sheet"
