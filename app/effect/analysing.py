"""From usable weeks and dates of training to what may be said. Slow, and knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.effect.files import Problem, Trainings, Weeks
from app.effect.files.trainings import lines_of
from app.effect.late import late
from app.effect.rules import Key, Line, Measured, Seen, Verdict, Week, judge, look

if TYPE_CHECKING:
    from app.effect.estimate.estimating import measure
else:
    measure = late("app.effect.estimate.estimating", "measure")

METHOD = (
    "log of pieces * sam * 100 / (operators * minutes) per line and week, each week of a line counts alike; line and "
    "week effects from weeks not trained yet, imputed for trained weeks (Borusyak, Jaravel and Spiess); the week of "
    "the training is left out; interval by leaving out each line once, t with the smaller number of lines less one"
)
"""For people who know the trade: in files, not on pages."""


@dataclass(frozen=True)
class Analysis:
    """What was found, what the data are like, and what may be said."""

    measured: Measured
    seen: Seen
    verdict: Verdict
    first: date | None = None
    last: date | None = None
    lines: int = 0


def analyse(
    lines: Sequence[Line], weeks: Sequence[Week], present: Mapping[Key, frozenset[int]], nameless: Mapping[Key, int],
    *, rows: int,
) -> Analysis:
    """Compare trained lines with those not trained yet. `rows` counts the rows that were sent, usable or not."""
    known = [line for line in lines if present.get(line.key)]
    seen = look(known, {key: numbers for key, numbers in present.items() if numbers}, nameless, rows=rows,
                bad_rows=rows - len(weeks))
    used = {line.key for line in known}
    usable = [each for each in weeks if each.line in used]
    found = measure(known, usable) if usable else Measured()
    days = [each.monday for each in usable]
    return Analysis(found, seen, judge(seen, found), min(days, default=None), max(days, default=None), len(known))


def analyse_files(weeks: Weeks, trainings: Trainings) -> tuple[Analysis, tuple[Problem, ...]]:
    """The same from two files, with what does not fit between them."""
    lines, problems = lines_of(weeks.present, trainings)
    usable = [Week(row.key, row.monday, row.efficiency) for row in weeks.rows]
    found = analyse(lines, usable, weeks.present, weeks.nameless, rows=weeks.read)
    return found, (*trainings.problems, *problems)
