"""Which sheet, which row, which columns: the importer's own choices where a person made none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.factories.roster.choices import Choices
from app.factories.roster.columns import Mapping, header_points, propose_columns
from app.factories.roster.guesses import guess_calendar, guess_country, guess_import_date, has_heading_rows
from app.factories.roster.headlines import headings
from app.factories.roster.text import fold
from app.factories.roster.vocabulary import words
from app.platform.tables import Sheet, Tables

_HEADER_WITHIN = 60
_ROWS_COUNT = 500
_REQUIRED = 4.0
_ONE_MORE = 0.9
_HIDDEN, _LEAVERS = -3.0, -2.0


@dataclass(frozen=True)
class Proposal:
    """Choices complete enough to read, the sheet they are about, and what could not be found."""

    choices: Choices
    sheet: Sheet
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    sheet: Sheet
    header_row: int
    mapping: Mapping
    points: float


def propose(tables: Tables, choices: Choices) -> Proposal:
    """Complete the choices from the file. A remembered sheet that is not in this file is looked for anew."""
    best = max((_candidate(sheet, choices) for sheet in _sheets(tables, choices)), key=lambda found: found.points)
    country = choices.country or guess_country(best.sheet, best.header_row, best.mapping)
    if choices.country is None and country:
        best = _candidate(best.sheet, replace(choices, country=country, header_row=best.header_row))
    mapping = best.mapping
    columns, sex_columns = (choices.columns, choices.sex_columns) if choices.columns is not None else (
        mapping.columns, mapping.sex_columns)
    complete = replace(
        choices, country=country, sheet=best.sheet.name or None, header_row=best.header_row, columns=columns,
        sex_columns=sex_columns, encoding=tables.encoding, delimiter=tables.delimiter)
    return Proposal(_finish(complete, best.sheet, tables), best.sheet, _missing(complete))


def _finish(choices: Choices, sheet: Sheet, tables: Tables) -> Choices:
    if choices.import_date is None:
        choices = replace(choices, import_date=guess_import_date(sheet, choices.header_row or 1))
    if choices.calendar is None:
        choices = replace(choices, calendar=guess_calendar(sheet, choices, date_1904=tables.date_1904))
    columns = choices.columns or {}
    if choices.line_from is None and not columns.get("line") and has_heading_rows(sheet, choices.header_row or 1):
        choices = replace(choices, line_from="headings")
    return choices


def _missing(choices: Choices) -> tuple[str, ...]:
    columns = choices.columns or {}
    return tuple(name for name in ("employee_number", "name") if not columns.get(name))


def _sheets(tables: Tables, choices: Choices) -> Sequence[Sheet]:
    used = [sheet for sheet in tables.sheets if sheet.rows]
    named = [sheet for sheet in used if choices.sheet is not None and sheet.name == choices.sheet]
    return named or used


def _candidate(sheet: Sheet, choices: Choices) -> _Candidate:
    row = choices.header_row or _header_row(sheet)
    if row > len(sheet.rows):
        return _Candidate(sheet, row, Mapping({}), -99.0)
    mapping = propose_columns(sheet, row, choices.country)
    people = sum(1 for values in sheet.rows[row:] if len(values) > 1)
    points = mapping.points + (0.0 if mapping.missing else _REQUIRED) + 3.0 * min(people, _ROWS_COUNT) / _ROWS_COUNT
    points += (_HIDDEN if sheet.hidden else 0.0) + (_LEAVERS if _is_of_leavers(sheet.name) else 0.0)
    return _Candidate(sheet, row, mapping, points)


def _header_row(sheet: Sheet) -> int:
    points = [header_points(values) for values in sheet.rows[:_HEADER_WITHIN]]
    best = max(range(1, len(points) + 1), key=lambda row: (points[row - 1], -row))
    above = best - 1
    together = header_points(headings(sheet, above)) if above and points[above - 1] else 0.0
    return above if together >= points[best - 1] + _ONE_MORE else best


def _is_of_leavers(name: str) -> bool:
    """A sheet of people who have left, by its name."""
    folded = f" {fold(name)} "
    return any(f" {fold(word)} " in folded for word in words("marks")["leavers"])
