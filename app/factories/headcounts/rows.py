"""One row of a headcount file: what it says, and what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from app.factories.headcounts.choices import COUNTS
from app.factories.headcounts.columns import Layout
from app.factories.headcounts.numbers import is_nothing, read_count
from app.factories.headcounts.results import DECLARED, ERRORS, REVISED, Count, Problem
from app.factories.headcounts.vocabulary import group_roles, mark_of, term
from app.factories.roster.dates import read_date
from app.factories.roster.lines import repeated_cells, repeated_values
from app.factories.roster.roles import ROLES, RoleMap
from app.factories.roster.sexes import confirmed_words, letters_of_column, read_sex
from app.factories.roster.text import as_text, clean, error_text, fold
from app.platform.tables import Value

LONGEST_SOURCE = 40


@dataclass
class Reading:
    """A row being read. `people` is its number of people where that can be said, accepted or not."""

    row: int
    problems: list[Problem] = field(default_factory=list)
    day: date | None = None
    source: str = DECLARED
    numbers: dict[str, int | None] = field(default_factory=dict)
    count: Count | None = None

    def report(self, code: str, name: str, value: str | None = None) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.row, code, name, value or None))

    @property
    def refused(self) -> bool:
        return any(problem.code in ERRORS for problem in self.problems)

    @property
    def people(self) -> int | None:
        """Women, men and undisclosed where they are said, else the total."""
        parts = [self.numbers[name] for name in ("women", "men", "undisclosed") if name in self.numbers]
        said = [number for number in parts if number is not None]
        return sum(said) if said else self.numbers.get("people")


class RowReader:
    """Reads the rows of one sheet, given its columns."""

    def __init__(self, layout: Layout, rows: list[int], *, date_1904: bool) -> None:
        self.sheet, self.choices, self.date_1904 = layout.sheet, layout.choices, date_1904
        self.factory_names = {fold(name) for name in layout.choices.factory}
        self.roles = RoleMap(None, layout.choices.country)
        self.role_words = {fold(word): role for word, role in layout.choices.role_words.items()}
        self.repeated = {name: self._repeated(name, rows) for name in ("factory", "role", "sex")}
        self.days = repeated_cells(layout.sheet, layout.choices.columns.get("as_of"), rows)
        sexes = [text for text in self.repeated["sex"].values() if text]
        self.letters = letters_of_column(sexes, layout.choices.country)
        self.confirmed = confirmed_words(layout.choices.sex_words)

    def read(self, row: int) -> Reading:
        """All fields of a row. A row of another factory is not looked at any further."""
        reading = Reading(row)
        if self.is_of_another(row):
            reading.report("other_factory", "factory", self.repeated["factory"][row])
            return reading
        self._errors(reading)
        self.read_day(reading)
        self.read_numbers(reading)
        reading.source = self.source(row)
        role, sex, lines = self._role(reading), self._sex(reading), self._lines(row)
        if not reading.refused and reading.day and role and reading.people is not None:
            numbers = reading.numbers
            reading.count = Count(
                row, reading.day, reading.source, role, reading.people, sex,
                numbers.get("women"), numbers.get("men"), numbers.get("undisclosed"), lines)
        return reading

    def is_of_another(self, row: int) -> bool:
        """Whether the row names another factory; one that says Total instead of a name does not."""
        name = self.repeated["factory"][row]
        return bool(name and self.factory_names) and fold(name) not in self.factory_names and mark_of(name) is None

    def value(self, row: int, name: str) -> Value:
        """The cell of a field; None where there is no such column."""
        column = self.choices.columns.get(name)
        return self.sheet.cell(row, column) if column else None

    def text(self, row: int, name: str) -> str:
        """The cell of a field as text."""
        return as_text(self.value(row, name))

    def role_text(self, row: int) -> str:
        """The written role, merged cells and ditto marks filled in."""
        return self.repeated["role"][row]

    def sex_text(self, row: int) -> str:
        """The written sex, merged cells and ditto marks filled in."""
        return self.repeated["sex"][row]

    def _repeated(self, name: str, rows: list[int]) -> dict[int, str]:
        column = self.choices.columns.get(name)
        return repeated_values(self.sheet, [column] if column else [], rows)

    def _errors(self, reading: Reading) -> None:
        for name in self.choices.columns:
            error = error_text(self.value(reading.row, name)) if name != "remarks" else None
            if error is not None:
                reading.report("cell_error", name, error)

    def _is_broken(self, reading: Reading, name: str) -> bool:
        return any(problem.code == "cell_error" and problem.field == name for problem in reading.problems)

    def read_day(self, reading: Reading) -> None:
        """The day of the snapshot; it must not lie after the import."""
        if "as_of" not in self.choices.columns:
            reading.day = self.choices.as_of
            return
        value = self.days[reading.row]
        read = read_date(value, ethiopian=self.choices.calendar == "ethiopian", date_1904=self.date_1904)
        reading.day = read.day
        if read.day is None and not self._is_broken(reading, "as_of"):
            reading.report("date_invalid", "as_of", as_text(value))
        elif read.day and self.choices.import_date and read.day > self.choices.import_date:
            reading.report("date_in_future", "as_of", as_text(value))

    def read_numbers(self, reading: Reading) -> None:
        """The counts; a row in which no count stands is invalid, and so is one with a count that is no number."""
        for name in COUNTS:
            value = self.value(reading.row, name)
            if name not in self.choices.columns or is_nothing(value) or self._is_broken(reading, name):
                continue
            reading.numbers[name] = read_count(value)
            if reading.numbers[name] is None:
                reading.report("count_invalid", name, as_text(value))
        if self.choices.is_wide and {"women", "men"} & set(reading.numbers):
            for name in ("women", "men"):
                reading.numbers.setdefault(name, 0)
        if not reading.numbers and not reading.refused:
            reading.report("count_invalid", "people")

    def _role(self, reading: Reading) -> str | None:
        text = self.role_text(reading.row)
        role = role_of(text, self.role_words, self.roles) if text else None
        if role is None and not self._is_broken(reading, "role"):
            reading.report("unknown_role", "role", text)
        return role

    def _sex(self, reading: Reading) -> str | None:
        text = self.sex_text(reading.row)
        if not text or fold(text) in term("undisclosed") or self._is_broken(reading, "sex"):
            return "undisclosed" if text else None
        sex = read_sex(text, self.letters, self.confirmed)
        if sex is None:
            reading.report("unknown_sex", "sex", text)
        return sex

    def source(self, row: int) -> str:
        """`declared`, `revised`, or what the file calls it; remarks only count where they say that it is revised."""
        said = self.text(row, "source")
        if fold(said) in term("declared") or not said:
            remark = fold(self.text(row, "remarks"))
            return REVISED if {remark, *remark.split()} & term("revised") else DECLARED
        return REVISED if fold(said) in term("revised") else clean(said).casefold()[:LONGEST_SOURCE]

    def _lines(self, row: int) -> int | None:
        return read_count(self.value(row, "lines"))


def role_of(text: str, role_words: dict[str, str], shipped: RoleMap) -> str | None:
    """The role of a written one: the factory's own word first, then the roles' names, then the words that ship."""
    folded = fold(text)
    own = role_words.get(folded)
    name = folded.replace(" ", "_")
    return own or (name if name in ROLES else None) or group_roles().get(folded) or shipped.role(text)
