"""Meet: first and last name, a length, and times of day without a day."""

from app.attendance.reports.formats.lines import lines_of, numbered
from app.attendance.reports.layouts import Row, lay_out
from app.attendance.reports.results import Line, Occurrence, ReadFile, Source

_COLUMNS = 4


def read(source: Source) -> ReadFile | None:
    """The first row is the heading; known by joining and leaving that name no day, and by a length."""
    rows = numbered(source.rows, 0)
    header: Row = rows[0][1] if rows else ()
    if len(header) < _COLUMNS:
        return None
    layout = lay_out(header, [row for _, row in rows[1:]])
    if not layout.has("join", "leave", "length"):
        return None
    lines = lines_of(layout, rows[1:], is_connection=False)
    timed = [line for line in lines if line.joined]
    if not timed or any(map(_names_a_day, timed)):
        return None
    return ReadFile("meet", "meet", (Occurrence(tuple(lines)),), is_planned_only=True)


def _names_a_day(line: Line) -> bool:
    return any(moment is not None and bool(moment.day or moment.sure) for moment in (line.joined, line.left))
