"""Zoom's report of a webinar: blocks of host, panelists and attendees, each with a heading of its own; `--` stands for
who registered and did not come."""

from collections.abc import Sequence

from app.attendance.reports.formats.lines import lines_of, numbered
from app.attendance.reports.layouts import Row, lay_out, named_columns
from app.attendance.reports.results import Line, Occurrence, ReadFile, Source
from app.attendance.reports.vocabulary import heading
from app.factories.roster.text import as_text

_NEEDED = {"attended", "name", "join", "leave"}


def read(source: Source) -> ReadFile | None:
    """The first of several blocks is that of the host."""
    heads = [place for place, row in enumerate(source.rows) if _is_head(row)]
    if not heads:
        return None
    lines: list[Line] = []
    for index, place in enumerate(heads):
        end = heads[index + 1] if index + 1 < len(heads) else len(source.rows)
        lines += _block(source.rows, place, end, is_host=index == 0 and len(heads) > 1)
    return ReadFile("zoom", "zoom-webinar", (Occurrence(tuple(lines)),))


def _is_head(row: Row) -> bool:
    """Whether the row is a heading: who attended stands first."""
    return bool(row) and heading(as_text(row[0])) == "attended" and named_columns(row).keys() >= _NEEDED


def _block(rows: Sequence[Row], place: int, end: int, *, is_host: bool) -> list[Line]:
    body = [(number, row) for number, row in numbered(rows, place + 1, end) if len(row) > 2]
    layout = lay_out(rows[place], [row for _, row in body])
    named = named_columns(rows[place])
    layout.columns.update({name: named[name] for name in ("join", "leave")})
    return [line for line in lines_of(layout, body, is_connection=True, is_host=is_host) if line.joined]
