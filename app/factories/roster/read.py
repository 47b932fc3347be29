"""A file in, a checked roster out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.factories.roster.choices import Choices, read_choices
from app.factories.roster.duplicates import find_duplicates
from app.factories.roster.headers import meanings
from app.factories.roster.lines import headed_values
from app.factories.roster.numbers import padded_width
from app.factories.roster.proposals import Proposal, propose
from app.factories.roster.results import Roster, Row, Skipped
from app.factories.roster.roles import RoleMap
from app.factories.roster.rowkinds import PERSON, RowKinds
from app.factories.roster.rows import Person, RowReader
from app.factories.roster.text import as_text
from app.factories.roster.vocabulary import words
from app.platform.tables import Limits, TableRefused, Tables, read_tables

MOST_PEOPLE = 20_000
# room for titles, headings, totals and blank rows around the people
_LIMITS = Limits(rows=MOST_PEOPLE + 2_000)
_HEADING_LINES = 30
_TELL_EVERY = 500


def nobody(_done: int, _total: int) -> None:
    """Nobody wants to know."""


Told = Callable[[int, int], None]
"""Hears how many people were read, of how many."""


def check(
    data: bytes, filename: str, choices: Mapping[str, Any] | None = None, role_map: Mapping[str, Any] | None = None,
) -> Roster:
    """Read a roster as the samples' rules say.

    `choices` are what a person chose, under the samples' names; what they leave out is proposed. `role_map` says per
    country which role a designation has; without one the words that ship with the importer are used. A file that
    cannot be read is a refused roster with a reason, never an exception. Raises ValueError for malformed choices.
    """
    chosen = read_choices(choices)
    try:
        return check_tables(open_tables(data, chosen), filename, chosen, role_map)
    except TableRefused as refusal:
        return refused(filename, chosen, refusal.reason)


def open_tables(data: bytes, chosen: Choices) -> Tables:
    """The sheets of a file. Raises TableRefused."""
    return read_tables(
        data, _LIMITS, encodings=_encodings(chosen), judge=_known_headings, delimiter=chosen.delimiter
    )


def check_tables(
    tables: Tables, filename: str, chosen: Choices, role_map: Mapping[str, Any] | None = None, told: Told = nobody
) -> Roster:
    """`check` of a file that is open."""
    try:
        proposal = propose(tables, chosen)
        if proposal.missing:
            return refused(filename, proposal.choices, "columns_not_found", proposal.missing)
        return _read(filename, proposal, role_map, told, date_1904=tables.date_1904)
    except TableRefused as refusal:
        return refused(filename, chosen, refusal.reason)


def refused(filename: str, choices: Choices, reason: str, missing: tuple[str, ...] = ()) -> Roster:
    """A roster that cannot be read, and why."""
    return Roster(filename, "refused", choices, reason, missing)


def _encodings(choices: Choices) -> list[str]:
    usual = words("countries").get(choices.country or "", {}).get("code_pages", [])
    return [*([choices.encoding] if choices.encoding else []), *usual]


def _known_headings(text: str) -> float:
    """Points for a decoding in which cells of the first lines are words of headings."""
    lines = text.splitlines()[:_HEADING_LINES]
    cells = {cell.strip(' "') for line in lines for mark in ",;\t|" if mark in line for cell in line.split(mark)}
    return 0.25 * sum(1 for cell in cells if not cell.isascii() and _is_known(cell))


def _is_known(cell: str) -> bool:
    found = meanings(cell)
    return bool(found) and found[0].points >= 3


def _read(
    filename: str, proposal: Proposal, role_map: Mapping[str, Any] | None, told: Told, *, date_1904: bool
) -> Roster:
    choices, sheet = proposal.choices, proposal.sheet
    rowkinds = RowKinds(sheet, choices)
    kinds = rowkinds.kinds()
    people = [row for row, kind in kinds.items() if kind == PERSON]
    if not people:
        return refused(filename, choices, "no_rows")
    if len(people) > MOST_PEOPLE:
        raise TableRefused("file_too_large")
    reader = RowReader(sheet, choices, people, RoleMap(role_map, choices.country), date_1904=date_1904,
                       headed_lines=headed_values(sheet, kinds))
    read = _people(reader, people, told)
    repeated = find_duplicates(read)
    skipped = {**rowkinds.above(), **{row: kind for row, kind in kinds.items() if kind != PERSON},
               **dict.fromkeys(repeated, "duplicate")}
    return Roster(
        filename, "accepted", choices,
        rows=tuple(row for person, row in read if not person.refused and person.row not in repeated),
        problems=tuple(problem for person, _ in read for problem in person.problems),
        skipped=tuple(Skipped(row, skipped[row]) for row in sorted(skipped)),
        ignored_columns=_ignored(proposal),
        rejected={person.row: row.employee_number or None for person, row in read if person.refused},
    )


def _people(reader: RowReader, rows: list[int], told: Told) -> list[tuple[Person, Row]]:
    people = [reader.cells(row) for row in rows]
    numbers = [reader.number(person) for person in people]
    width = padded_width(numbers)
    read: list[tuple[Person, Row]] = []
    for done, (person, number) in enumerate(zip(people, numbers, strict=True)):
        if done % _TELL_EVERY == 0:
            told(done, len(people))
        row = reader.read(person, number)
        if number.isdecimal() and len(number) < width:
            person.report("leading_zeros_restored", "employee_number", number)
            row = replace(row, employee_number=number.zfill(width))
        read.append((person, row))
    return read


def _ignored(proposal: Proposal) -> tuple[str, ...]:
    """Headings of the columns whose content is not kept anywhere."""
    used, row = proposal.choices.used_columns, proposal.choices.header_row or 1
    headings = ((column, as_text(value)) for column, value in enumerate(proposal.sheet.rows[row - 1], 1))
    return tuple(text for column, text in headings if text and column not in used)
