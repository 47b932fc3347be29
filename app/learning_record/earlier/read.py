"""A list in, checked trainings out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.factories.roster.dates import read_date
from app.factories.roster.numbers import employee_number
from app.factories.roster.text import as_text, ascii_digits, error_text
from app.factories.sheets.headings import Headed, find, judge
from app.learning_record.earlier.choices import Choices, missing, read_choices
from app.learning_record.earlier.results import ERRORS, Problem, Row, Trainings
from app.learning_record.earlier.vocabulary import kind_of
from app.platform.tables import Limits, TableRefused, Tables, Value, column_letters, read_tables

_LIMITS = Limits()
LONGEST = 300
MOST_HOURS = 2000.0


def check(data: bytes, filename: str, choices: Mapping[str, Any] | None = None) -> Trainings:
    """Read a list of earlier trainings, one row for each person and training.

    `choices` are what a person chose; what they leave out is proposed. A file that cannot be read is refused with a
    reason, never an exception. Raises ValueError for malformed choices.
    """
    chosen = read_choices(choices)
    try:
        tables = read_tables(
            data, _LIMITS, encodings=[chosen.encoding] if chosen.encoding else [], judge=judge(kind_of),
            delimiter=chosen.delimiter)
    except TableRefused as refusal:
        return Trainings(filename, "refused", chosen, refusal.reason)
    headed = find(
        tables.sheets, kind_of, missing, sheet=chosen.sheet, row=chosen.header_row, columns=chosen.columns)
    said = replace(
        chosen, sheet=headed.sheet.name or None, header_row=headed.row, columns=headed.columns,
        encoding=tables.encoding, delimiter=tables.delimiter)
    headings = tuple(
        (column_letters(column), text[:60])
        for column, value in enumerate(headed.sheet.rows[headed.row - 1] if headed.sheet.rows else [], 1)
        if (text := as_text(value)))
    if said.missing:
        return Trainings(filename, "refused", said, "columns_not_found", said.missing, headings=headings)
    return replace(_read(filename, headed, said, tables), headings=headings)


def _read(filename: str, headed: Headed, choices: Choices, tables: Tables) -> Trainings:
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: set[tuple[object, ...]] = set()
    skipped = 0
    for number in range(headed.row + 1, len(headed.sheet.rows) + 1):
        if not headed.texts(number) or headed.repeats(number):
            skipped += 1
            continue
        reader = _Reader(headed, choices, number, date_1904=tables.date_1904)
        row = reader.read()
        if row is not None:
            key = (row.employee_number or row.name, row.course, row.taken_on)
            if key in seen:
                reader.report("duplicate_row", "course", row.course)
                skipped += 1
            else:
                seen.add(key)
                rows.append(row)
        problems += reader.problems
    if not rows and not problems:
        return Trainings(filename, "refused", choices, "no_rows")
    return Trainings(filename, "accepted", choices, rows=tuple(rows), problems=tuple(problems), skipped=skipped)


class _Reader:
    """One row, cell by cell; notes what is wrong in it."""

    def __init__(self, headed: Headed, choices: Choices, row: int, *, date_1904: bool) -> None:
        self.headed, self.choices, self.row, self.date_1904 = headed, choices, row, date_1904
        self.problems: list[Problem] = []

    def report(self, code: str, field: str, value: str | None = None) -> None:
        self.problems.append(Problem(self.row, code, field, (value or "")[:LONGEST] or None))

    def read(self) -> Row | None:
        """The row; None where something that must be there is not."""
        number = employee_number(self._value("employee_number"))
        name, course, hours = self._text("name"), self._text("course"), self._hours()
        taken_on = self._day()
        if not number and not name:
            self.report("missing_person", "employee_number")
        if not course:
            self.report("missing_course", "course")
        texts = [self._text(each) for each in ("provider", "result", "certificate", "proof")]
        if taken_on is None or any(problem.code in ERRORS for problem in self.problems):
            return None
        return Row(self.row, number, name, course, taken_on, hours, *texts)

    def _value(self, field: str) -> Value:
        column = self.choices.columns.get(field)
        value = self.headed.sheet.cell(self.row, column) if column else None
        if error := error_text(value):
            self.report("cell_error", field, error)
            return None
        return value

    def _text(self, field: str) -> str:
        text = as_text(self._value(field))
        if len(text) > LONGEST:
            self.report("text_too_long", field, text)
            return ""
        return text

    def _day(self) -> Any:
        value = self._value("taken_on")
        if not as_text(value):
            if not any(problem.field == "taken_on" for problem in self.problems):
                self.report("missing_date", "taken_on")
            return None
        found = read_date(value, ethiopian=self.choices.calendar == "ethiopian", date_1904=self.date_1904)
        if found.day is None:
            self.report("date_invalid", "taken_on", as_text(value))
        elif self.choices.import_date and found.day > self.choices.import_date:
            self.report("date_in_future", "taken_on", as_text(value))
            return None
        return found.day

    def _hours(self) -> float | None:
        value = self._value("hours")
        text = ascii_digits(as_text(value)).replace(",", ".").rstrip("hH ")
        if not text:
            return None
        try:
            hours = float(text)
        except ValueError:
            hours = -1.0
        if 0 < hours <= MOST_HOURS:
            return hours
        self.report("hours_invalid", "hours", as_text(value))
        return None
