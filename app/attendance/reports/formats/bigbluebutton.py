"""BigBlueButton's dashboard: twelve columns in a fixed order, then one per poll. The heading is in the browser's
language and may be torn by a comma in a poll's question, so it is not read. Quotation marks in fields are not doubled.
"""

import re
from collections.abc import Sequence

from app.attendance.reports.formats.lines import LONGEST_NAME, Numbered, numbered
from app.attendance.reports.layouts import Row, written
from app.attendance.reports.lengths import DAY, read_length
from app.attendance.reports.moments import ORDERS, Written, read_moment
from app.attendance.reports.results import Line, Occurrence, ReadFile, Source

_NAME, _MODERATOR, _JOIN, _LEFT, _LENGTH, _COLUMNS = 0, 1, 9, 10, 11, 12
_RECORD_END = re.compile(r'"[ \t]*(?:\r\n|\n|\r)(?=")')
_FLAGS = {"true": True, "false": False}


def read(source: Source) -> ReadFile | None:
    """Rows by position. The last row stands for answers that nobody put a name to."""
    rows = _quoted(source.text) if source.text else []
    if not any(_is_person(row) for _, row in rows):
        rows = numbered(source.rows, 0)
    lines = [line for number, row in rows if _is_person(row) and (line := _line(number, row))]
    if not lines:
        return None
    return ReadFile("bigbluebutton", "bbb-dashboard", (Occurrence(tuple(lines)),), is_planned_only=True)


def _quoted(text: str) -> list[Numbered]:
    """Records of which every field is quoted; numbers are those of records, the heading is the first."""
    start = re.search(r'(?:\r\n|\n|\r)(?=")', text)
    body = text if text.startswith('"') else text[start.end():] if start else ""
    records = _RECORD_END.split(body.rstrip("\r\n \t"))
    first = 1 if body is text else 2
    return [(number, record.strip('"').split('","')) for number, record in enumerate(records, first)]


def _is_person(row: Row) -> bool:
    if len(row) < _COLUMNS or written(row[_MODERATOR]).casefold() not in _FLAGS:
        return False
    return read_moment(row[_JOIN]) is not None or read_length(row[_LENGTH]) is not None


def _line(number: int, row: Sequence[object]) -> Line | None:
    cells = [row[place] for place in range(_COLUMNS)]
    name = written(cells[_NAME])[:LONGEST_NAME]  # type: ignore[arg-type] # cells of a row
    joined, left = read_moment(cells[_JOIN]), read_moment(cells[_LEFT])  # type: ignore[arg-type]
    length = read_length(cells[_LENGTH])  # type: ignore[arg-type]
    if not name or length is None:
        return None
    host = _FLAGS[written(cells[_MODERATOR]).casefold()]  # type: ignore[arg-type]
    return Line(number, name, None, host, joined, left, length + _wrapped(joined, left, length))


def _wrapped(joined: Written | None, left: Written | None, length: int) -> int:
    """The clock of the length begins anew after 24 hours."""
    for order in ORDERS if joined and left else ():
        one, other = (each.at(order) if each else None for each in (joined, left))
        if one and other and (span := int((other - one).total_seconds())) >= DAY:
            return (span - length) // DAY * DAY
    return 0
