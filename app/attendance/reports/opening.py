"""A file of a meeting tool, whatever its encoding, its separators and its name say."""

from app.attendance.reports.formats import recognise
from app.attendance.reports.results import ReadFile, ReportRefused, Source
from app.platform.tables import Limits, TableRefused, read_tables
from app.platform.tables.encodings import decode
from app.platform.tables.signatures import signature

LIMITS = Limits(rows=10_000, columns=200, unpacked_bytes=10 * 1024 * 1024, cells=500_000)
MOST_NAMES = 1_000
"""Each is a card on a page that a person decides about; this much is read and shown within a second."""
MOST_MEETINGS = 200
_SEPARATORS = ("\t", ";", ",", "|")


def open_file(data: bytes) -> ReadFile:
    """What a file says. Each separator is tried, a tab first: nothing else than a tool writes one.

    Raises ReportRefused: file_empty, file_encrypted, file_damaged, file_unsafe, file_too_large, not_a_spreadsheet,
    not_a_report, no_rows.
    """
    try:
        found = _recognised(data)
    except TableRefused as refusal:
        raise ReportRefused(refusal.reason) from None
    if found is None:
        raise ReportRefused("not_a_report")
    if len(found.occurrences) > MOST_MEETINGS:
        raise ReportRefused("file_too_large")
    if not found.size:
        raise ReportRefused("no_rows")
    return found


def _recognised(data: bytes) -> ReadFile | None:
    if len(data) > LIMITS.unpacked_bytes:
        raise TableRefused("file_too_large")
    if signature(data) != "text":
        sheets = read_tables(data, LIMITS, times=True).sheets
        return next((found for sheet in sheets if (found := recognise(Source(sheet.rows)))), None)
    text = decode(data)[0]
    first = text[:4000]
    refused: TableRefused | None = None
    for separator in [mark for mark in _SEPARATORS if mark in first] or _SEPARATORS[:1]:
        try:
            rows = read_tables(data, LIMITS, delimiter=separator).sheets[0].rows
        except TableRefused as refusal:
            refused = refusal
            continue
        if found := recognise(Source(rows, text)):
            return found
    if refused:
        raise refused
    return None
