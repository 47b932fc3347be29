"""What a check and a comparison give. Frozen values, named as the samples name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.factories.roster.choices import Choices
from app.factories.sheets.problems import RowProblem

ERRORS = frozenset({"missing_employee_number", "missing_name", "cell_error", "duplicate_employee_number"})


@dataclass(frozen=True)
class Row:
    """One accepted person. `row` as a spreadsheet program shows it; `phone` in E.164; `sex` F, M, other or None."""

    row: int
    employee_number: str
    name: str
    local_name: str | None = None
    sex: str | None = None
    line: str | None = None
    designation: str | None = None
    role: str | None = None
    phone: str | None = None
    joined: date | None = None


class Problem(RowProblem):
    """Something wrong in a row of people."""

    errors = ERRORS


@dataclass(frozen=True)
class Skipped:
    """A row that is nobody: title, blank, total, subtotal, section, repeated_header, footer, duplicate."""

    row: int
    reason: str


@dataclass(frozen=True)
class Roster:
    """A checked file. `outcome` is accepted or refused; a refused file has a `reason` and no rows."""

    file: str
    outcome: str
    choices: Choices
    reason: str | None = None
    missing: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    rejected: Mapping[int, str | None] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """True when the file was read, whatever single rows are like."""
        return self.outcome == "accepted"

    @property
    def counts(self) -> dict[str, int]:
        """People and problems, as the samples count them; rejected are rows with a person that were left out."""
        sexes = [row.sex for row in self.rows]
        return {
            "accepted": len(self.rows),
            "rejected": len(self.rejected),
            "skipped": len(self.skipped),
            "warnings": sum(problem.severity == "warning" for problem in self.problems),
            "women": sexes.count("F"),
            "men": sexes.count("M"),
            "supervisors": sum(row.role == "supervisor" for row in self.rows),
        }


@dataclass(frozen=True)
class Change:
    """One person's change of line, role or name."""

    employee_number: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class LineRenamed:
    """A line whose people are together on a new line."""

    before: str
    after: str
    people: int


@dataclass(frozen=True)
class Renumbering:
    """A leaver and a joiner who are probably one person."""

    before: str
    after: str
    name: str


@dataclass(frozen=True)
class Changes:
    """From an older roster to a newer one; `left` is only ever a proposal."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    moved: tuple[Change, ...] = ()
    promoted: tuple[Change, ...] = ()
    role_changed: tuple[Change, ...] = ()
    renamed: tuple[Change, ...] = ()
    lines_renamed: tuple[LineRenamed, ...] = ()
    number_reused: tuple[Change, ...] = ()
    possible_renumbering: tuple[Renumbering, ...] = ()
    unresolved: tuple[str, ...] = ()
    unchanged: int = 0
    compared_with: str = ""
