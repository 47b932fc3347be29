"""Exports: what is opened again is text where it was text (TRAPS T24)."""

import csv
import io
from datetime import date

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from app.platform.tables import neutral, read_tables, write_csv, write_xlsx

FORMULAS = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", " =1", "\u200b=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cells_are_neutral(text: str) -> None:
    written = write_csv(["Name"], [[text]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1][0].startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_cells_are_texts(text: str) -> None:
    data = write_xlsx(["Name", "Age"], [[text, -2.5]], right_to_left=True)
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert str(rows[1][0]).strip() == text.strip()
    assert rows[1][1] == -2.5
    assert b"<f>" not in data


def test_numbers_and_dates_stay_what_they_are() -> None:
    assert write_csv(["a", "b", "c"], [[-2, date(2026, 1, 2), None]]).endswith(b"-2,2026-01-02,\r\n")
    assert read_tables(write_xlsx(["a"], [[date(2026, 1, 2)]])).sheets[0].rows[1] == [date(2026, 1, 2)]


@given(st.text())
def test_neutral_never_loses_text(text: str) -> None:
    assert neutral(text) in {text, "'" + text}
