"""One row of a sheet becomes one person, with everything that is wrong about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.factories.roster.choices import Choices
from app.factories.roster.dates import read_date
from app.factories.roster.lines import repeated_values
from app.factories.roster.names import looks_like_formula, without_title
from app.factories.roster.numbers import employee_number
from app.factories.roster.phones import read_phone
from app.factories.roster.results import ERRORS, Problem, Row
from app.factories.roster.roles import RoleMap
from app.factories.roster.rowkinds import is_blank_word
from app.factories.roster.sexes import Letters, confirmed_words, letters_of_column, read_sex
from app.factories.roster.text import as_text, error_text
from app.platform.tables import Sheet, Value

_REPEATED = ("line", "designation")


@dataclass
class Person:
    """A row being read: its cells by field, what became of them, what was wrong."""

    row: int
    values: Mapping[str, tuple[Value, ...]]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The cleaned text of a field; several columns joined with a space in their order."""
        values = self.values.get(name, ())
        if len(values) == 1:
            return as_text(values[0])
        return " ".join(text for text in map(as_text, values) if text)

    def report(self, code: str, name: str, value: str | None = None) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.row, code, name, value))

    @property
    def refused(self) -> bool:
        """True when the row cannot be accepted."""
        return any(problem.code in ERRORS for problem in self.problems)


class RowReader:
    """Reads the people of one sheet; `people` are their row numbers."""

    def __init__(
        self, sheet: Sheet, choices: Choices, people: list[int], roles: RoleMap, *, date_1904: bool,
        headed_lines: Mapping[int, str],
    ) -> None:
        self.sheet, self.choices, self.roles, self.date_1904 = sheet, choices, roles, date_1904
        self.columns = choices.columns or {}
        self.repeated = {name: repeated_values(sheet, self.columns.get(name, ()), people) for name in _REPEATED}
        if choices.line_from == "headings":
            self.repeated["line"] = dict(headed_lines)
        self.confirmed = confirmed_words(choices.sex_words)
        self.letters = self._letters(people)

    def _letters(self, people: list[int]) -> Letters:
        columns = self.columns.get("sex", ())
        texts = (as_text(self.sheet.cell(row, column)) for row in people for column in columns)
        return letters_of_column(texts, self.choices.country)

    def cells(self, row: int) -> Person:
        """The raw cells of a person."""
        values = self.sheet.rows[row - 1]
        width = len(values)
        return Person(row, {name: tuple([values[column - 1] if column <= width else None for column in columns])
                            for name, columns in self.columns.items()})

    def number(self, person: Person) -> str:
        """The employee number as written, empty when there is none."""
        values = [value for value in person.values.get("employee_number", ()) if error_text(value) is None]
        number = " ".join(text for text in map(employee_number, values) if text)
        return "" if is_blank_word(number) else number

    def read(self, person: Person, number: str) -> Row:
        """All fields of a person; problems are noted in it."""
        self._errors(person)
        broken = {problem.field for problem in person.problems}
        if not number and "employee_number" not in broken:
            person.report("missing_employee_number", "employee_number")
        name, local = self._name(person, "name"), self._name(person, "local_name")
        if not (name or local) and "name" not in broken:
            person.report("missing_name", "name")
        designation = self._repeated(person, "designation")
        return Row(
            person.row, number, name or local, local or None, self._sex(person), self._repeated(person, "line"),
            designation, self._role(person, designation), self._phone(person), self._joined(person))

    def _errors(self, person: Person) -> None:
        for name, values in person.values.items():
            for value in values:
                error = error_text(value)
                if error is not None:
                    person.report("cell_error", name, error)

    def _name(self, person: Person, name: str) -> str:
        text = without_title(person.text(name), self.choices.country)
        if is_blank_word(text):
            return ""
        if looks_like_formula(text):
            person.report("formula_text", name, text)
        return text

    def _repeated(self, person: Person, name: str) -> str | None:
        return self.repeated[name].get(person.row) or None

    def _sex(self, person: Person) -> str | None:
        marked = [sex for sex, column in self.choices.sex_columns.items()
                  if not is_absent(as_text(self.sheet.cell(person.row, column)))]
        text = person.text("sex")
        if len(marked) == 1:
            return marked[0]
        if len(marked) > 1:
            text = "/".join(marked)
        if not text:
            return None
        sex = read_sex(text, self.letters, self.confirmed)
        if sex is None:
            person.report("unknown_sex", "sex", text)
        return sex

    def _role(self, person: Person, designation: str | None) -> str | None:
        if not designation:
            return None
        role = self.roles.role(designation)
        if role is None:
            person.report("unknown_role", "designation", designation)
        return role

    def _phone(self, person: Person) -> str | None:
        values = person.values.get("phone", ())
        read = [read_phone(value, self.choices.country) for value in values]
        number = next((number for number, _ in read if number), None)
        code = next((code for _, code in read if code), None)
        if number is None and code:
            person.report(code, "phone", person.text("phone"))
        return number

    def _joined(self, person: Person) -> date | None:
        values = person.values.get("joined", ())
        value = values[0] if len(values) == 1 else person.text("joined")
        calendar = self.choices.calendar
        read = read_date(
            value, ethiopian=calendar == "ethiopian", date_1904=self.date_1904, buddhist=calendar == "buddhist")
        if read.code:
            person.report(read.code, "joined", as_text(value))
        if read.day and self.choices.import_date and read.day > self.choices.import_date:
            person.report("joined_in_future", "joined", read.day.isoformat())
        return read.day


def is_absent(mark: str) -> bool:
    """True when a column that is ticked with an x has no tick."""
    return not mark or mark.casefold() in {"0", "-", "no", "false", "n"}
