"""What reading a file of findings gives. Frozen values, named as the samples name them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.factories.headings import NOTHING, Headings
from app.factories.roster.results import Skipped
from app.factories.sheets.problems import RowProblem
from app.improvement.findings.reading.choices import Choices
from app.improvement.findings.rules import FindingStatus, Severity

WARNINGS = frozenset({"unknown_severity", "duplicate_row"})


class Problem(RowProblem):
    """Something wrong in a row of findings: an error, unless it is one of the warnings."""

    @property
    def severity(self) -> str:
        return "warning" if self.code in WARNINGS else "error"


@dataclass(frozen=True)
class Row:
    """One accepted row: what was found in a factory about a question, on a day. `severity` is None where it is not
    said or not understood."""

    row: int
    factory: str
    cluster: str
    point: str
    question: str
    severity: Severity | None
    assessed_on: date
    status: FindingStatus


@dataclass(frozen=True)
class Findings:
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
    headings: Headings = NOTHING
    """What a person can choose from."""

    @property
    def accepted(self) -> bool:
        """True when the file was read, whatever single rows are like."""
        return self.outcome == "accepted"

    @property
    def current(self) -> tuple[Row, ...]:
        """Of each question of a factory the row of the latest day; of one day the last in the file."""
        newest: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            before = newest.get((row.factory, row.question))
            if before is None or row.assessed_on >= before.assessed_on:
                newest[row.factory, row.question] = row
        return tuple(newest.values())

    @property
    def counts(self) -> dict[str, object]:
        """Rows, problems, questions that are not closed now, and rows by theme."""
        themes = Counter(row.cluster for row in self.rows)
        return {
            "accepted": len(self.rows), "problems": len(self.problems),
            "open": sum(row.status is not FindingStatus.CLOSED for row in self.current),
            "by_cluster": {code: themes[code] for code in sorted(themes)},
        }
