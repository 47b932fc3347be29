"""What is read, compared with another reader and with another writer."""

import io
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.platform.tables import CellError, Merge, TableRefused, column_letters, column_number, read_tables
from app.platform.tables.serials import serial_to_date
from app.platform.tables.xlsx_styles import is_date_format
from tests.factories.roster.sample_files import FOLDER, needs_samples
from tests.platform.tables.packages import ods, ods_cell, xlsx

WORKBOOKS = sorted(path for path in FOLDER.glob("*.*s*") if path.suffix in {".xlsx", ".ods"}
                   and ("broken" not in path.name or "wrong" in path.name))


@needs_samples
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_same_cells_as_an_independent_reader(path: Path) -> None:
    """Calamine, which shares no code with ours; it shows error cells as blank, we do not."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    tables = read_tables(path.read_bytes())
    assert [sheet.name for sheet in tables.sheets] == book.sheet_names
    for sheet in tables.sheets:
        theirs = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for row, values in enumerate(theirs, 1):
            ours = [sheet.cell(row, column) for column in range(1, len(values) + 1)]
            assert ["" if value is None or isinstance(value, CellError) else value for value in ours] == values


def test_values_of_an_independent_writer() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Línea")
    sheet.write_row(0, 0, ["=text", 12.0, True], book.add_format({"bold": True}))
    sheet.write_datetime(1, 0, date(2024, 2, 29), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    sheet.write_rich_string(2, 0, "a", book.add_format({"bold": True}), "b", "c")
    sheet.merge_range(3, 0, 4, 1, "merged")
    hidden = book.add_worksheet("x")
    hidden.write(0, 0, 1)
    hidden.hide()
    book.close()
    first, second = read_tables(out.getvalue()).sheets
    assert first.name == "Línea"
    assert first.rows[1] == [date(2024, 2, 29), 2.0, CellError("#N/A")]
    assert first.rows[2] == ["abc"]
    assert first.merges == (Merge(4, 1, 5, 2),)
    assert (first.hidden, second.hidden) == (False, True)


def test_1904_dates() -> None:
    workbook = '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="A" r:id="s1"/></sheets></workbook>'
    assert read_tables(xlsx(workbook=workbook)).date_1904
    assert serial_to_date(1, date_1904=True) == date(1904, 1, 2)
    assert serial_to_date(44927, date_1904=False) == date(2023, 1, 1)
    assert serial_to_date(59, date_1904=False) == date(1900, 2, 28)
    assert serial_to_date(0, date_1904=False) is None


@pytest.mark.parametrize(("code", "expected"), [
    ("dd/mm/yyyy", True), ("[$-409]mmm\\-yy", True), ("mm:ss", False), ("0.00", False), ("General", False),
    ('0 "days"', False), ("[h]:mm", False), ("#,##0", False), ("[Red]0", False), ("d mmm", True)])
def test_date_formats(code: str, *, expected: bool) -> None:
    assert is_date_format(code) is expected


def test_ods_repeats_notes_and_merges() -> None:
    note = "<office:annotation><text:p>secret</text:p></office:annotation>"
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        "<table:table-row>" + ods_cell('table:number-rows-spanned="2"', note + "x") +
        '<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row>')
    sheet = read_tables(ods(f'<table:table table:name="T">{rows}</table:table>')).sheets[0]
    assert sheet.rows == [[], [], [], ["x", 7.0, 7.0]]
    assert sheet.merges == (Merge(4, 1, 5, 1),)


@given(st.integers(min_value=1, max_value=20_000))
def test_column_letters_round_trip(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_tables(data)
    except TableRefused as refusal:
        assert refusal.reason
