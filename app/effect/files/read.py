"""A file in, usable weeks and problems out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.effect.files.headings import NEEDED, WEEKLY, Refused, letters, opened, unused
from app.effect.files.numbers import has_decimal_comma, read_number
from app.effect.files.results import HIGHEST, MOST_MINUTES, Problem, Row, Unused, Weeks
from app.effect.files.weeks import day_first, has_month_first, of_month, of_year, read_week
from app.effect.rules import Key, week_number
from app.factories.headcounts.vocabulary import mark_of
from app.factories.roster.lines import repeated_cells, repeated_values
from app.factories.roster.text import as_text, error_text, fold
from app.factories.sheets.headings import Headed
from app.platform.tables import Value

FRACTIONS, WHOLES = ("sam", "efficiency"), ("operators", "minutes", "pieces", "defects")
NUMBERS = ("operators", "minutes", "sam", "pieces", "defects", "efficiency")
_OPTIONAL = frozenset({"defects", "efficiency"})
_APART = 0.5
"""Points between the stated efficiency and ours that rounding explains."""
_FAR = timedelta(weeks=520)
"""A week ten years from the middle of its file is a slip of the year."""


def check(
    data: bytes, filename: str, columns: Mapping[str, int] | None = None, latest: date | None = None,
) -> Weeks:
    """Read weekly figures as the samples' rules say. `columns` are numbers from 1 that a person chose; the rest is
    proposed. Of a week that begins after `latest` nobody knows the figures; without it the same file always says the
    same. A file that cannot be read is refused with a reason, never an exception."""
    try:
        tables, headed = opened(data, (*WEEKLY, "month"), NEEDED, columns)
    except Refused as refusal:
        return Weeks(filename, refusal.reason, refusal.missing, ignored=refusal.ignored)
    reader = _Reader(headed, date_1904=tables.date_1904, latest=latest)
    for row in reader.listed:
        reader.read(row)
    if not reader.read_rows:
        return Weeks(filename, "no_rows", columns=letters(headed))
    present = {key: frozenset(weeks) for key, weeks in reader.present.items()}
    return Weeks(
        filename, None, (), letters(headed), tuple(reader.rows), tuple(reader.problems), tuple(reader.unused),
        reader.read_rows, present, dict(reader.nameless), unused(headed))


def key_of(factory: str, line: str) -> Key:
    """Factory and line as they are compared: without case, accents, signs."""
    return fold(factory), fold(line)


@dataclass
class _Reader:
    headed: Headed
    date_1904: bool
    latest: date | None
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    present: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    nameless: Counter[Key] = field(default_factory=Counter)
    read_rows: int = 0
    used: set[tuple[Key, date]] = field(default_factory=set)

    def __post_init__(self) -> None:
        listed = range(self.headed.row + 1, len(self.headed.sheet.rows) + 1)
        self.listed = [row for row in listed if self.headed.texts(row) and not self.headed.repeats(row)]
        columns = self.headed.columns
        self.lines = repeated_values(self.headed.sheet, [columns["line"]], self.listed)
        named = columns.get("factory")
        self.factories = repeated_values(self.headed.sheet, [named] if named else [], self.listed)
        self.decimal_comma = has_decimal_comma(*(
            [self._value(row, name) for row in self.listed for name in names] for names in (FRACTIONS, WHOLES)))
        weeks, months, years = (
            repeated_cells(self.headed.sheet, columns.get(name), self.listed) for name in ("week", "month", "year"))
        self.weeks = {
            row: of_month(weeks[row], months[row], years.get(row)) if months else of_year(weeks[row], years.get(row))
            for row in self.listed}
        self.month_first = has_month_first(self.weeks.values())
        self.mondays = self._mondays()

    def _mondays(self) -> dict[int, date]:
        """The week of each row that says one which can be."""
        read = {row: read_week(self._day(row), date_1904=self.date_1904) for row in self.listed}
        found = {row: monday for row, monday in read.items() if monday}
        if not found:
            return {}
        middle = sorted(found.values())[(len(found) - 1) // 2]
        return {row: monday for row, monday in found.items()
                if abs(monday - middle) <= _FAR and (self.latest is None or monday <= self.latest)}

    def _value(self, row: int, name: str) -> Value:
        column = self.headed.columns.get(name)
        return self.headed.sheet.cell(row, column) if column else None

    def read(self, row: int) -> None:
        """Take a row in, or say what is wrong with it."""
        line, factory = self.lines[row], self.factories[row]
        if mark_of(line) or (not line and mark_of(self.headed.texts(row)[0])):
            return
        self.read_rows += 1
        line = "" if error_text(line) else line
        key, monday = key_of(factory, line), self.mondays.get(row)
        if not self._take(row, factory, line, key, monday):
            self.unused.append(Unused(row, factory, key, week_number(monday) if monday else None))

    def _day(self, row: int) -> Value:
        return day_first(self.weeks[row]) if self.month_first else self.weeks[row]

    def _take(self, row: int, factory: str, line: str, key: Key, monday: date | None) -> bool:
        """Whether the row is used."""
        if not line:
            self._report(row, "impossible_value", "line")
            return False
        before = len(self.problems)
        numbers = self._numbers(row)
        if monday is None:
            self.nameless[key] += 1
            self._report(row, "week_invalid", "week")
            return False
        self.present[key].add(week_number(monday))
        if any(each.severity == "error" for each in self.problems[before:]):
            return False  # a later row of the same week may be the right one
        if (key, monday) in self.used:
            self._report(row, "duplicate_week", "week")
            return False
        return self._keep(row, factory, line, key, monday, numbers)

    def _keep(self, row: int, factory: str, line: str, key: Key, monday: date, told: Mapping[str, float]) -> bool:
        one = Row(row, factory, line, key, monday, told["operators"], told["minutes"], told["sam"], told["pieces"],
                  told.get("defects"), told.get("efficiency"))
        if one.efficiency > HIGHEST:
            self._report(row, "impossible_value", "pieces")
            return False
        self.rows.append(one)
        self.used.add((key, monday))
        if one.stated is not None and not _agrees(one.stated, one.efficiency):
            self._report(row, "efficiency_mismatch", "efficiency")
        if one.defects is not None and one.defects > one.pieces:
            self._report(row, "defects_exceed_pieces", "defects")
        return True

    def _numbers(self, row: int) -> dict[str, float]:
        found = {}
        for name in NUMBERS:
            value = self._value(row, name)
            if name in _OPTIONAL and not as_text(value):
                continue
            number = read_number(value, decimal_comma=self.decimal_comma)
            if number is None:
                self._report(row, "not_a_number", name)
            elif not _is_possible(name, number):
                self._report(row, "impossible_value", name)
            else:
                found[name] = number
        return found

    def _report(self, row: int, code: str, name: str) -> None:
        self.problems.append(Problem(row, code, name, as_text(self._value(row, name)) or None))


def _is_possible(name: str, number: float) -> bool:
    if name in _OPTIONAL:
        return number >= 0
    if name == "minutes":
        return 0 < number <= MOST_MINUTES
    # a week in which nothing was made has no efficiency to speak of: the line stood still
    return number > 0


def _agrees(stated: float, computed: float) -> bool:
    """Whether the file says about what we compute; spreadsheets keep 48.9 % as 0.489."""
    return abs(stated - computed) <= _APART or (stated <= HIGHEST / 100 and abs(100 * stated - computed) <= _APART)
