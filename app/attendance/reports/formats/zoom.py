"""Zoom: a total per name or a row per join, with or without the meeting on top, and the wide list of administrators in
which two columns are called User Email and two Duration."""

from collections.abc import Sequence

from app.attendance.reports.formats.lines import lines_of, mail_of, numbered
from app.attendance.reports.layouts import Layout, Row, lay_out, named_columns, written
from app.attendance.reports.moments import read_moment
from app.attendance.reports.results import Occurrence, ReadFile, Source
from app.attendance.reports.vocabulary import heading, key
from app.factories.roster.text import as_text

_MOST_ON_TOP = 20
_MARKS = ("originalname", "minut", "waitingroom", "recording")
_MEETING = ("meeting", "start", "end")


def read(source: Source) -> ReadFile | None:
    """The heading is the first row that names people and how long they were there."""
    for place, row in enumerate(source.rows[:_MOST_ON_TOP]):
        people = _people(row)
        if people is not None and _is_of_zoom(source.rows, place):
            return _wide(source.rows, place, people) if people else _narrow(source.rows, place)
    return None


def _people(header: Row) -> int | None:
    """Where the columns about people begin: 0, or behind those about the meeting."""
    meanings = [heading(as_text(value)) for value in header]
    names = [place for place, meaning in enumerate(meanings) if meaning == "name"]
    if not names or "length" not in meanings[names[-1]:]:
        return None
    before = meanings[: names[-1]]
    return names[-1] if "start" in before and "email" in before else 0


def _is_of_zoom(rows: Sequence[Row], place: int) -> bool:
    words = [key(as_text(value)) for value in rows[place]]
    meanings = named_columns(rows[place])
    has_mark = any(mark in word for word in words for mark in _MARKS)
    return has_mark or "guest" in meanings or "waiting" in meanings or _top(rows[:place]) is not None


def _top(rows: Sequence[Row]) -> tuple[Layout, Row] | None:
    """The two rows on top: headings about the meeting, and its values."""
    for place, row in enumerate(rows[:-1]):
        columns = named_columns(row)
        if {"start", "end"} <= columns.keys():
            return Layout(columns), rows[place + 1]
    return None


def _narrow(rows: Sequence[Row], place: int) -> ReadFile:
    body = numbered(rows, place + 1)
    layout = lay_out(rows[place], [row for _, row in body])
    joins = layout.has("join", "leave")
    lines = lines_of(layout, body, is_connection=joins)
    top = _top(rows[:place])
    start, end, host = None, None, None
    if top:
        start, end, host = top[0].moment(top[1], "start"), top[0].moment(top[1], "end"), mail_of(*top)
    found = Occurrence(tuple(lines), start=start, end=end, host_email=host)
    is_planned_only = not joins and not (start and end)
    return ReadFile("zoom", "zoom-joins" if joins else "zoom-totals", (found,), is_planned_only=is_planned_only)


def _wide(rows: Sequence[Row], place: int, first: int) -> ReadFile:
    """One table of many meetings: what stands left of the name is about the meeting."""
    about = Layout(named_columns(rows[place][:first]))
    body = numbered(rows, place + 1)
    layout = lay_out(rows[place][first:], [row[first:] for _, row in body])
    joins = layout.has("join", "leave")
    meetings: dict[tuple[str, ...], list[tuple[int, Row]]] = {}
    for number, row in body:
        meetings.setdefault(tuple(written(about.value(row, name)) for name in _MEETING), []).append((number, row))
    found = []
    for listed in meetings.values():
        head = listed[0][1]
        people = [(number, row[first:]) for number, row in listed]
        found.append(Occurrence(
            tuple(lines_of(layout, people, is_connection=joins)), start=read_moment(about.value(head, "start")),
            end=read_moment(about.value(head, "end")), host_email=mail_of(about, head),
        ))  # fmt: skip
    return ReadFile("zoom", "zoom-joins" if joins else "zoom-totals", tuple(found))
