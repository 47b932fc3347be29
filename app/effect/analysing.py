"""From usable weeks and dates of training to what may be said. Slow, and knows no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.effect.files import Problem, Trainings, Weeks
from app.effect.files.trainings import lines_of
from app.effect.looking import lies_in, look, spans
from app.effect.rules import Key, Line, Measured, Seen, Verdict, Week, judge, monday_of, week_number
from app.platform.late import late

if TYPE_CHECKING:
    from app.effect.estimate.estimating import measure
else:
    measure = late("app.effect.estimate.estimating", "measure")

METHOD = (
    "log of pieces * sam * 100 / (operators * minutes) per line and week, each week of a line counts alike; line and "
    "week effects from weeks not trained yet, imputed for trained weeks (Borusyak, Jaravel and Spiess); the "
    "weeks of the training, from its first half-day where that is known, are left out; "
    "interval by leaving out each line once, t with the smaller number of lines less one"
)
"""For people who know the trade: in files, not on pages."""


@dataclass(frozen=True)
class Data:
    """What goes in. `present` holds the weeks of which a line has any row, usable or not, by number; `nameless` the
    rows of a line that do not say which week they are; `rows` counts the rows that were sent, usable or not;
    `unknown` trainings of lines without weeks, `unclear` lines left out because nobody knows whether or when they were
    trained."""

    lines: Sequence[Line]
    weeks: Sequence[Week]
    present: Mapping[Key, frozenset[int]]
    nameless: Mapping[Key, int]
    rows: int
    unknown: int = 0
    unclear: int = 0


@dataclass(frozen=True)
class Analysis:
    """What was found, what the data are like, and what may be said. `first` and `last` are the weeks that were
    compared; without anything to compare, those that can be used."""

    measured: Measured
    seen: Seen
    verdict: Verdict
    first: date | None = None
    last: date | None = None
    lines: int = 0


def analyse(data: Data, step: Callable[[], object] = lambda: None) -> Analysis:
    """Compare trained lines with those not trained yet. `step` is called now and then while it computes."""
    within = spans({line.key: data.present.get(line.key, frozenset()) for line in data.lines})
    present = {
        line.key: frozenset(week for week in data.present[line.key] if lies_in(within[line.factory], week))
        for line in data.lines if data.present.get(line.key)}
    known = [line for line in data.lines if present.get(line.key)]
    seen = look(known, present, data.nameless, within, rows=data.rows, bad_rows=data.rows - len(data.weeks),
                unknown=data.unknown, unclear=data.unclear)
    used = {line.key for line in known}
    usable = [each for each in data.weeks
              if each.line in used and lies_in(within[each.line[0]], week_number(each.monday))]
    found = measure(known, usable, step) if usable else Measured()
    days = [monday_of(each) for each in found.weeks] if found.weeks else [each.monday for each in usable]
    return Analysis(found, seen, judge(seen, found), min(days, default=None), max(days, default=None), len(known))


def analyse_files(weeks: Weeks, trainings: Trainings) -> tuple[Analysis, tuple[Problem, ...]]:
    """The same from two files, with what does not fit between them."""
    lines, problems = lines_of(weeks.present, trainings)
    usable = [Week(row.key, row.monday, row.efficiency) for row in weeks.rows]
    unknown = sum(each.code == "unknown_line" for each in problems)
    unclear = len(weeks.present) - len(lines)
    found = analyse(Data(lines, usable, weeks.present, weeks.nameless, weeks.read, unknown, unclear))
    return found, (*trainings.problems, *problems)
