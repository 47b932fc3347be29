"""Teams since 2021: numbered sections - summary, participants, activities. The words are those of the downloader's
language, the numbers of the sections are the same in all."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.attendance.reports.formats.lines import lines_of, name_of, numbered
from app.attendance.reports.layouts import Layout, Row, lay_out, named_columns, written
from app.attendance.reports.moments import Written, read_moment
from app.attendance.reports.names import identity
from app.attendance.reports.results import Line, Occurrence, ReadFile, Source
from app.attendance.reports.vocabulary import key
from app.factories.roster.text import ascii_digits

_SECTION = re.compile(r"([1-9])\s?[.)．、।:]\s?[^\d\s]")
_SUMMARY, _PEOPLE, _ACTIVITIES = 1, 2, 3
_MOST_IN_HEAD = 40


def read(source: Source) -> ReadFile | None:
    """The sections 1 to 3, as often as they come."""
    heads = [(place, number) for place, row in enumerate(source.rows) if (number := _section(row))]
    if not {_PEOPLE, _ACTIVITIES} & {number for _, number in heads}:
        return None
    occurrences: list[Occurrence] = []
    current: dict[int, tuple[int, int]] = {}
    for index, (place, number) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else len(source.rows)
        if number in current or (number == _SUMMARY and current):
            occurrences.append(_occurrence(source.rows, current))
            current = {}
        current[number] = (place + 1, end)
    occurrences.append(_occurrence(source.rows, current))
    lines = [line for each in occurrences for line in each.lines]
    if lines and all(line.joined is None and line.length is None for line in lines):
        return None  # cut at the wrong separator
    return ReadFile("teams", "teams-sections", tuple(occurrences))


def read_plain(source: Source) -> ReadFile | None:
    """The same without numbers, as it was for some months: a summary, a blank row, a table with joining and leaving."""
    for place, row in enumerate(source.rows[:_MOST_IN_HEAD]):
        columns = named_columns(row)
        if {"name", "join", "leave"} <= columns.keys() and ("role" in columns or _is_summary(source.rows[0])):
            start, end = _times(source.rows[:place])
            lines = _table(source.rows, place, len(source.rows), is_connection=True)
            return ReadFile("teams", "teams-sections", (Occurrence(tuple(lines), start=start, end=end),))
    return None


def _is_summary(row: Row) -> bool:
    return key(written(row[0]) if row else "") == "meetingsummary"


def _section(row: Row) -> int | None:
    """The number of the section that a row opens: it stands alone in its row."""
    texts = [text for value in row if (text := written(value))]
    if len(texts) != 1 or not row or not written(row[0]):
        return None
    found = _SECTION.match(ascii_digits(texts[0][:60]))
    return int(found[1]) if found else None


def _occurrence(rows: Sequence[Row], sections: dict[int, tuple[int, int]]) -> Occurrence:
    first, end = sections.get(_SUMMARY, (0, 0))
    start, finish = _times(rows[first:end])
    people = _table(rows, *sections[_PEOPLE], is_connection=False) if _PEOPLE in sections else []
    joins = _table(rows, *sections[_ACTIVITIES], is_connection=True) if _ACTIVITIES in sections else []
    return Occurrence(tuple(_together(people, joins)), start=start, end=finish)


def _times(rows: Sequence[Row]) -> tuple[Written | None, Written | None]:
    """The first two moments of the summary are start and end, in every language."""
    found = [moment for row in rows if len(row) > 1 and (moment := _with_day(read_moment(row[1])))]
    return (found[0], found[1]) if len(found) > 1 else (None, None)


def _with_day(moment: Written | None) -> Written | None:
    return moment if moment and (moment.day or moment.sure) else None


def _table(rows: Sequence[Row], first: int, end: int, *, is_connection: bool) -> list[Line]:
    """The people of a section; its first row with anything is the heading."""
    found = numbered(rows, first, end)
    if not found:
        return []
    layout = lay_out(found[0][1], [row for _, row in found[1:]])
    body = found if _is_person(layout, found[0][1]) else found[1:]
    return lines_of(layout, body, is_connection=is_connection)


def _is_person(layout: Layout, row: Row) -> bool:
    """Whether what should be the heading is somebody already."""
    return bool(name_of(layout, row)) and layout.moment(row, "join") is not None


def _together(people: Sequence[Line], joins: Sequence[Line]) -> list[Line]:
    """Activities where there are some; what only the list of participants says - a role, an address, somebody - from
    there."""
    mails: dict[str, set[str | None]] = {}
    for line in people:
        mails.setdefault(identity(line.name, None), set()).add(line.email)
    hosts = {identity(line.name, line.email) for line in people if line.is_host}
    full = []
    for line in joins:
        known = mails.get(identity(line.name, None), set())
        mail = line.email or (next(iter(known)) if len(known) == 1 else None)
        full.append(replace(line, email=mail, is_host=line.is_host or identity(line.name, mail) in hosts))
    seen = {identity(line.name, line.email) for line in full}
    return full + [line for line in people if identity(line.name, line.email) not in seen]
