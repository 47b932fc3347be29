"""Whose supervisor was trained when, from a file."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.effect.files.courses import counted, words
from app.effect.files.headings import NEEDED_OF_TRAINING, TRAINING, Refused, letters, opened, unused
from app.effect.files.read import key_of
from app.effect.files.results import Problem
from app.effect.files.weeks import day_first, has_month_first, read_week_name
from app.effect.rules import Key, Line, week_number
from app.factories.roster.dates import read_date
from app.factories.roster.lines import repeated_cells, repeated_values
from app.factories.roster.sexes import letters_of_column, read_sex
from app.factories.roster.text import as_text, ascii_digits, error_text, fold
from app.factories.sheets.headings import Headed
from app.platform.tables import Value

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True)
class Trained:
    """A row: the line - its factory where the file names it -, the day, the sex of the supervisor. Without a day it
    says nothing of a training; `is_unclear` where it says something that nobody can use."""

    row: int
    key: Key
    day: date | None
    sex: str | None
    is_unclear: bool = False


@dataclass(frozen=True)
class Trainings:
    """A checked file of trainings; a refused one has a `reason`."""

    reason: str | None = None
    missing: tuple[str, ...] = ()
    rows: tuple[Trained, ...] = ()
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    """Headings of columns of which nothing is read."""
    courses: tuple[str, ...] = ()
    """Of a file that was refused because of them: the courses that it names."""

    def of(self, names: Collection[str]) -> "Trainings":
        """The rows of one factory, which has these names, and of none, with what is wrong in them and in no other row.
        None of them names a factory any more."""
        own = {"", *map(fold, names)}
        others = {each.row for each in self.rows if each.key[0] not in own}
        rows = (replace(each, key=("", each.key[1])) for each in self.rows if each.row not in others)
        problems = tuple(each for each in self.problems if each.row not in others)
        return replace(self, rows=tuple(rows), problems=problems)


def check_trainings(
    data: bytes, columns: Mapping[str, int] | None = None, course: str = "", ours: Collection[str] = (),
) -> Trainings:
    """Read the file. `columns` are numbers from 1 that a person chose, `course` the one that counts; `ours` are codes
    and titles of training in supervisory skills, by which it is told in a file of several courses. Names of supervisors
    are passed over: nobody needs them here."""
    needed = (*NEEDED_OF_TRAINING, "course") if course else NEEDED_OF_TRAINING
    try:
        tables, headed = opened(data, (*TRAINING, "trained"), needed, columns)
        found = _read(headed, course, ours, date_1904=tables.date_1904)
    except Refused as refusal:
        return Trainings(refusal.reason, refusal.missing, ignored=refusal.ignored, courses=refusal.courses)
    return found if found.rows or found.problems else Trainings("no_rows")


def _read(headed: Headed, course: str, ours: Collection[str], *, date_1904: bool) -> Trainings:
    sheet, columns = headed.sheet, headed.columns
    listed = [row for row in range(headed.row + 1, len(sheet.rows) + 1)
              if headed.texts(row) and not headed.repeats(row)]
    lines = repeated_values(sheet, [columns["line"]], listed)
    factories = repeated_values(sheet, [columns["factory"]] if "factory" in columns else [], listed)
    said = {row: as_text(sheet.cell(row, columns["sex"])) if "sex" in columns else "" for row in listed}
    usual = letters_of_column(said.values(), None)
    days = repeated_cells(sheet, columns["trained_on"], listed)
    trained = repeated_cells(sheet, columns.get("trained"), listed)
    days |= {row: None for row, value in trained.items() if _is_not_trained(value)}
    month_first = has_month_first(days.values())
    courses = repeated_values(sheet, [columns["course"]] if "course" in columns else [], listed)
    named = {row: "" if _is_empty(text) else text for row, text in courses.items()}
    counts = counted(named, course, ours)
    rows, problems = [], []
    for row in listed:
        if not lines[row]:
            problems.append(Problem(row, "missing_line", "line"))
            continue
        value = days[row]
        read = read_date(day_first(value) if month_first else value, ethiopian=False, date_1904=date_1904).day
        day = read or read_week_name(value)
        code = None if _is_empty(value) else _problem_of(counts[row], day)
        if code:
            name, stood = ("trained_on", value) if code == "date_invalid" else ("course", named[row])
            problems.append(Problem(row, code, name, as_text(stood) or None))
        sex = read_sex(said[row], usual, {}) if said[row] else None
        if said[row] and sex is None:
            problems.append(Problem(row, "unknown_sex", "sex", said[row]))
        is_unclear = code in {"date_invalid", "no_course"}
        rows.append(Trained(row, key_of(factories[row], lines[row]), None if code else day, sex, is_unclear))
    return Trainings(None, (), tuple(rows), tuple(problems), letters(headed), unused(headed))


def _is_empty(value: Value) -> bool:
    """Whether a cell says that nobody was trained (yet), or in nothing: by nothing, a dash, or a word."""
    return not as_text(value).strip("-–—. ") or _is_not_trained(value)


def _is_not_trained(value: Value) -> bool:
    """Whether a cell says so by a word. A day beside it is one that is planned."""
    return not error_text(value) and fold(as_text(value)) in words("not_trained")


def _problem_of(counts: bool | None, day: date | None) -> str | None:
    """What is wrong with a row that says something of a training."""
    if counts is False:
        return "other_course"
    return "date_invalid" if day is None else "no_course" if counts is None else None


def lines_of(
    present: Mapping[Key, Collection[int]], trainings: Trainings,
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines to compare, each with its first training, and what does not fit. `present` are the weeks of each line.

    Left out is every line of which nobody knows whether or when it was trained: it is neither trained nor untrained.
    """
    listed = sorted(present)
    named = {fold(factory) for factory, _line in listed}
    by_name: dict[str, list[Key]] = defaultdict(list)
    for key in listed:
        by_name[_plain(key[1])].append(key)
    of_line: dict[Key, list[Trained]] = defaultdict(list)
    unclear: set[Key] = set()
    problems = []
    for each in trainings.rows:
        if each.day is None and not each.is_unclear:
            continue
        near = [key for key in by_name.get(_plain(each.key[1]), []) if not each.key[0] or key[0] in {each.key[0], ""}]
        fits = [key for key in near if key[1] == each.key[1]] or near
        if len(fits) == 1:
            of_line[fits[0]].append(each)
            problems += _outside(each, present[fits[0]])
        else:
            unclear |= set(fits)
            of_other = each.key[0] and each.key[0] not in named
            code = "ambiguous_line" if fits else "other_factory" if of_other else "unknown_line"
            problems.append(Problem(each.row, code, "line", each.key[1]))
    unclear |= {key for key, rows in of_line.items() if any(each.is_unclear for each in rows)}
    lines = tuple(_line(key, of_line.get(key, [])) for key in listed if key not in unclear)
    return lines, tuple(problems)


def _plain(name: str) -> str:
    """Digits of any script, and without the zeros that spreadsheets lose: 01 is line 1 where no other is."""
    return _ZEROS.sub("", ascii_digits(name))


def _outside(each: Trained, weeks: Collection[int]) -> list[Problem]:
    """A training that has no weeks before it, or none after it."""
    if each.day is None or not weeks or min(weeks) < week_number(each.day) < max(weeks):
        return []
    code = "before_weeks" if week_number(each.day) <= min(weeks) else "after_weeks"
    return [Problem(each.row, code, "trained_on", each.day.isoformat())]


def _line(key: Key, rows: list[Trained]) -> Line:
    days = [each.day for each in rows if each.day]
    sexes = {each.sex for each in rows}
    return Line(key, min(days, default=None), sexes.pop() if len(sexes) == 1 else None)
