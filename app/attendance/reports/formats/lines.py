"""Rows of a table of people, whatever tool wrote it. Pure."""

from collections.abc import Iterable, Sequence

from app.attendance.reports.layouts import Layout, Row, written
from app.attendance.reports.lengths import read_length
from app.attendance.reports.results import Line
from app.attendance.reports.vocabulary import is_organizer, is_yes

LONGEST_NAME, LONGEST_MAIL = 200, 254
Numbered = tuple[int, Row]
"""A row with its number from 1."""


def numbered(rows: Sequence[Row], first: int, end: int | None = None) -> list[Numbered]:
    """The rows from a place (from 0) that hold anything, with their numbers."""
    return [(place + 1, rows[place]) for place in range(first, len(rows) if end is None else end) if any(
        written(value) for value in rows[place])]


def name_of(layout: Layout, row: Row) -> str:
    """The name as written; first and last name joined where they stand apart."""
    whole = layout.text(row, "name")
    if not whole:
        whole = f"{layout.text(row, 'given_name')} {layout.text(row, 'family_name')}"
    return " ".join(whole.split("\n"))[:LONGEST_NAME].strip()


def mail_of(layout: Layout, row: Row) -> str | None:
    """The address in small letters; the sign-in name stands for it where it is one."""
    for name in ("email", "upn"):
        text = layout.text(row, name).casefold()
        if "@" in text and " " not in text and "#ext#" not in text and len(text) <= LONGEST_MAIL:
            return text
    return None


def lines_of(layout: Layout, rows: Iterable[Numbered], *, is_connection: bool, is_host: bool = False) -> list[Line]:
    """The rows that name somebody. Who only waited to be let in was not there."""
    found = []
    for number, row in rows:
        name, mail = name_of(layout, row), mail_of(layout, row)
        if not (name or mail) or is_yes(layout.text(row, "waiting")):
            continue
        found.append(Line(
            number, name or mail or "", mail, is_host or is_organizer(layout.text(row, "role")),
            layout.moment(row, "join"), layout.moment(row, "leave"), read_length(layout.value(row, "length")),
            is_connection,
        ))  # fmt: skip
    return found
