"""One row of a file of findings: what it says, and what is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from app.factories.roster.dates import read_date
from app.factories.roster.lines import repeated_cells
from app.factories.roster.text import as_text, fold
from app.improvement.findings.catalogue import Catalogue, Theme, title_key
from app.improvement.findings.codes import as_code, code_key
from app.improvement.findings.reading.columns import Layout
from app.improvement.findings.reading.results import Problem, Row
from app.improvement.findings.reading.vocabulary import severities, statuses, theme_words
from app.improvement.findings.rules import FindingStatus, Severity
from app.platform.tables import Value

LONGEST_VALUE, LONGEST_CODE = 100, 40
_MERGED = ("factory", "cluster", "point", "assessed_on")


@dataclass
class Reading:
    """A row being read."""

    row: int
    problems: list[Problem] = field(default_factory=list)
    found: Row | None = None

    def report(self, code: str, name: str, value: str = "") -> None:
        """Note a problem with what stood there, cut to a length that no remark fits into."""
        self.problems.append(Problem(self.row, code, name, value[:LONGEST_VALUE] or None))


class RowReader:
    """Reads the rows of one sheet, given its columns and the catalogue."""

    def __init__(self, layout: Layout, catalogue: Catalogue, rows: list[int], *, date_1904: bool) -> None:
        self.sheet, self.choices, self.date_1904 = layout.sheet, layout.choices, date_1904
        self.catalogue = catalogue
        self.are_known = layout.choices.factories is not None
        self.factories = {code_key(code): code for code in layout.choices.factories or ()}
        self.words = {title_key(word): meant for word, meant in layout.choices.cluster_words.items()}
        columns = layout.choices.columns
        self.merged = {name: repeated_cells(layout.sheet, columns.get(name), rows) for name in _MERGED}

    def read(self, row: int) -> Reading:
        """All fields of a row. Of theme, point and question only the first that is wrong is told: the others hang
        on it."""
        reading = Reading(row)
        factory, about = self._factory(reading), self._about(reading)
        severity, day, status = self._severity(reading), self._day(reading), self._status(reading)
        if factory and about and day and status:
            theme, point, question = about
            reading.found = Row(row, factory, theme.code, point, question, severity, day, status)
        return reading

    def value(self, row: int, name: str) -> Value:
        """The cell of a field, merged cells and ditto marks filled in; None where there is no such column."""
        column = self.choices.columns.get(name)
        if column is None:
            return None
        return self.merged[name].get(row) if name in _MERGED else self.sheet.cell(row, column)

    def text(self, row: int, name: str) -> str:
        """The cell of a field as text."""
        return as_text(self.value(row, name))

    def _factory(self, reading: Reading) -> str | None:
        text = self.text(reading.row, "factory")
        if not text:
            reading.report("missing_factory", "factory")
            return None
        if not self.are_known and len(text) <= LONGEST_CODE:
            self.factories.setdefault(code_key(text), text)
        code = self.factories.get(code_key(text))
        if code is None:
            reading.report("unknown_factory", "factory", text)
        return code

    def _about(self, reading: Reading) -> tuple[Theme, str, str] | None:
        """The theme, the code of the point and that of the question."""
        theme = None
        if "cluster" in self.choices.columns:
            text = self.text(reading.row, "cluster")
            theme = self._theme(text)
            if theme is None:
                reading.report("unknown_cluster", "cluster", text)
                return None
        text = self.text(reading.row, "point")
        found = self.catalogue.point(text, theme)
        if found is None:
            reading.report("unknown_point", "point", text)
            return None
        point, its_theme = found
        if theme and its_theme.code != theme.code:
            reading.report("point_not_in_cluster", "point", text)
            return None
        question = self._question(reading, point)
        return (its_theme, point, question) if question else None

    def _theme(self, text: str) -> Theme | None:
        key = title_key(text)
        meant = self.words.get(key) if key else None
        known = theme_words().get(key)
        return (self.catalogue.theme(meant) if meant else None) or self.catalogue.theme(text) or (
            self.catalogue.theme(known) if known else None)

    def _question(self, reading: Reading, point: str) -> str | None:
        text = self.text(reading.row, "question")
        key, start = code_key(text), f"{code_key(point)}-"
        if not key.startswith(start) or key == start or len(key) > LONGEST_CODE:
            reading.report("question_not_in_point", "question", text)
            return None
        return f"{point}-{as_code(key.removeprefix(start))}"

    def _severity(self, reading: Reading) -> Severity | None:
        text = self.text(reading.row, "severity")
        found = severities().get(fold(text))
        if text and found is None:
            reading.report("unknown_severity", "severity", text)
        return found

    def _day(self, reading: Reading) -> date | None:
        """The day of the assessment; one after the import is never kept: nobody knows it in advance."""
        value = self.value(reading.row, "assessed_on")
        is_ethiopian = self.choices.calendar == "ethiopian"
        day = read_date(value, ethiopian=is_ethiopian, date_1904=self.date_1904).day
        if day is None:
            reading.report("date_invalid", "assessed_on", as_text(value))
        elif self.choices.import_date and day > self.choices.import_date:
            reading.report("date_in_future", "assessed_on", as_text(value))
            return None
        return day

    def _status(self, reading: Reading) -> FindingStatus | None:
        text = self.text(reading.row, "status")
        found = statuses().get(fold(text))
        if found is None:
            reading.report("unknown_status", "status", text)
        return found
