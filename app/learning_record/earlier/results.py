"""What reading a list of earlier trainings gives. Frozen values."""

from dataclasses import dataclass
from datetime import date

from app.factories.sheets.problems import RowProblem
from app.learning_record.earlier.choices import Choices

ERRORS = frozenset({
    "missing_person", "missing_course", "date_invalid", "date_in_future", "missing_date", "cell_error", "text_too_long",
})


class Problem(RowProblem):
    """Something wrong in a row of earlier trainings."""

    errors = ERRORS


@dataclass(frozen=True)
class Row:
    """One accepted row: somebody, by number or name, took part in something on a day."""

    row: int
    employee_number: str
    name: str
    course: str
    taken_on: date
    hours: float | None
    provider: str
    result: str
    certificate: str
    proof: str


@dataclass(frozen=True)
class Trainings:
    """A checked list. `outcome` is accepted or refused; a refused list has a `reason` and no rows."""

    file: str
    outcome: str
    choices: Choices
    reason: str | None = None
    missing: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: int = 0
    """Rows that say nothing: blank ones, headings again."""
    headings: tuple[tuple[str, str], ...] = ()
    """Letters and heading of each column, to choose from."""

    @property
    def accepted(self) -> bool:
        return self.outcome == "accepted"
