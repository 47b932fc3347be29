"""The one door for foreign tables: recognised by content, measured, checked, then read."""

from collections.abc import Sequence

from app.platform.tables.archive import check_parts, unpack
from app.platform.tables.cells import Tables
from app.platform.tables.delimited import read_delimited
from app.platform.tables.encodings import Judge
from app.platform.tables.limits import Limits, TableRefused
from app.platform.tables.ods import MIME, read_ods
from app.platform.tables.signatures import signature
from app.platform.tables.xlsx import read_xlsx

_REFUSED = {"empty": "file_empty", "encrypted": "file_encrypted", "foreign": "not_a_spreadsheet"}


def read_tables(
    data: bytes,
    limits: Limits | None = None,
    *,
    encodings: Sequence[str] = (),
    judge: Judge | None = None,
    delimiter: str | None = None,
    times: bool = False,
) -> Tables:
    """All sheets of an .xlsx, .ods, .csv or .tsv file.

    `encodings` and `judge` help to tell code pages apart (see `encodings.decode`); `delimiter` is one already
    chosen. With `times` a cell that shows a day with a time of day is a datetime; without, it is the day.
    Raises TableRefused with the reason; nothing of a refused file is kept.
    """
    bounds = limits or Limits()
    kind = signature(data)
    if kind in _REFUSED:
        raise TableRefused(_REFUSED[kind])
    if kind == "zip":
        tables = _archive(data, bounds, times=times)
    else:
        tables = read_delimited(data, bounds, encodings, judge, delimiter)
    if not any(sheet.rows for sheet in tables.sheets):
        raise TableRefused("file_empty")
    return tables


def _archive(data: bytes, limits: Limits, *, times: bool) -> Tables:
    if len(data) > limits.unpacked_bytes:
        raise TableRefused("file_too_large")
    parts = unpack(data, limits)
    check_parts(parts, limits)
    if parts.get("mimetype", b"").strip().startswith(MIME):
        return read_ods(parts, limits, times=times)
    if "mimetype" in parts:
        raise TableRefused("not_a_spreadsheet")
    return read_xlsx(parts, limits, times=times)
