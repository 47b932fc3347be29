"""Spreadsheets and delimited text, in and out. Knows cells, not what they mean."""

from app.platform.tables.cells import CellError, Merge, Sheet, Tables, Value, column_letters, column_number
from app.platform.tables.limits import Limits, TableRefused
from app.platform.tables.reading import read_tables
from app.platform.tables.writing import Written, neutral, write_csv, write_workbook, write_xlsx

__all__ = [
    "CellError",
    "Limits",
    "Merge",
    "Sheet",
    "TableRefused",
    "Tables",
    "Value",
    "Written",
    "column_letters",
    "column_number",
    "neutral",
    "read_tables",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]
