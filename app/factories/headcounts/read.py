"""A file in, checked headcounts out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.factories.headcounts.choices import COUNTS, read_choices
from app.factories.headcounts.columns import Layout, kind_of, propose
from app.factories.headcounts.results import Count, Headcounts, Problem, Snapshot
from app.factories.headcounts.rows import Reading, RowReader
from app.factories.headcounts.totals import Totals, check_row
from app.factories.headcounts.vocabulary import mark_of, term
from app.factories.roster.results import Skipped
from app.factories.roster.text import as_text, fold
from app.factories.sheets.headings import judge
from app.platform.tables import Limits, TableRefused, Tables, read_tables

_LIMITS = Limits()


def check(data: bytes, filename: str, choices: Mapping[str, Any] | None = None) -> Headcounts:
    """Read a headcount file as the samples' rules say, in long or in wide form.

    `choices` are what a person chose, under the samples' names; what they leave out is proposed, and the factory is
    then the one that most rows name. A file that cannot be read is refused with a reason, never an exception.
    Raises ValueError for malformed choices.
    """
    chosen = read_choices(choices)
    try:
        tables = read_tables(data, _LIMITS, encodings=[chosen.encoding] if chosen.encoding else [],
                             judge=judge(kind_of), delimiter=chosen.delimiter)
    except TableRefused as refusal:
        return Headcounts(filename, "refused", chosen, refusal.reason)
    layout = _with_factory(propose(tables.sheets, chosen), tables)
    if layout.missing:
        return Headcounts(filename, "refused", layout.choices, "columns_not_found", layout.missing)
    return _read(filename, layout, date_1904=tables.date_1904)


def _with_factory(layout: Layout, tables: Tables) -> Layout:
    choices = replace(layout.choices, encoding=tables.encoding, delimiter=tables.delimiter)
    column = choices.columns.get("factory")
    if column and not choices.factory:
        first = choices.header_row or 1
        rows = range(first + 1, len(layout.sheet.rows) + 1)
        names = Counter(text for row in rows if (text := as_text(layout.sheet.cell(row, column))))
        choices = replace(choices, factory=tuple(name for name, _ in names.most_common(1)))
    return replace(layout, choices=choices)


def _read(filename: str, layout: Layout, *, date_1904: bool) -> Headcounts:
    first = layout.choices.header_row or 1
    skipped = {row: "title" if values else "blank" for row, values in enumerate(layout.sheet.rows[: first - 1], 1)}
    rows = []
    for row in range(first + 1, len(layout.sheet.rows) + 1):
        reason = _nothing(layout, row)
        if reason:
            skipped[row] = reason
        else:
            rows.append(row)
    reader = RowReader(layout, rows, date_1904=date_1904)
    readings = _readings(reader, rows, skipped)
    if not any(row not in skipped for row in rows):
        return Headcounts(filename, "refused", layout.choices, "no_rows")
    counts = [reading.count for reading in readings if reading.count and reading.row not in skipped]
    snapshots = _snapshots(counts)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += _differing_lines(snapshots, reader)
    return Headcounts(
        filename, "accepted", layout.choices, rows=tuple(counts), snapshots=snapshots,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        skipped=tuple(Skipped(row, skipped[row]) for row in sorted(skipped)))


def _nothing(layout: Layout, row: int) -> str | None:
    """Why a row says nothing at all: blank, the headings again, a lone text."""
    texts, columns = layout.headed.texts(row), layout.choices.columns
    if not texts:
        return "blank"
    if layout.headed.repeats(row):
        return "repeated_header"
    has_count = any(as_text(layout.sheet.cell(row, columns[name])) for name in COUNTS if name in columns)
    if has_count or len(texts) > 1:
        return None
    return "footer" if row == len(layout.sheet.rows) or mark_of(texts[0]) == "footer" else "section"


def _readings(reader: RowReader, rows: Sequence[int], skipped: dict[int, str]) -> list[Reading]:
    totals, readings = Totals(), []
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        mark = _mark(reader, row)
        if mark:
            skipped[row] = mark
            readings.append(_total(reader, row, mark, totals))
            continue
        reading = reader.read(row)
        words = tuple(as_text(value) for value in reader.sheet.rows[row - 1])
        if words in seen:
            reading = Reading(row, [Problem(row, "duplicate_row", "role", reader.role_text(row) or None)])
            skipped[row] = "duplicate"
        elif not any(problem.code == "other_factory" for problem in reading.problems):
            check_row(reading, reader.value(row, "people"))
            totals.add(reading)
        seen.add(words)
        readings.append(reading)
    return readings


def _mark(reader: RowReader, row: int) -> str | None:
    """Whether a row only adds up: its role or its first cell says so, or its sex is both."""
    role = reader.role_text(row)
    label = role or next((text for value in reader.sheet.rows[row - 1] if (text := as_text(value))), "")
    mark = mark_of(label)
    if mark == "footer" and any(reader.text(row, name) for name in COUNTS):
        mark = None  # "HR manager" signs lists, but is a role too
    is_of_sex = fold(reader.sex_text(row)) in term("both") and "sex" in reader.choices.columns
    return mark or ("subtotal" if is_of_sex else None)


def _total(reader: RowReader, row: int, mark: str, totals: Totals) -> Reading:
    total = Reading(row, source=reader.source(row))
    if mark in {"total", "subtotal"} and not reader.is_of_another(row):
        reader.read_numbers(total)
        reader.read_day(total)
        total.problems.clear()
        totals.check(total, {name: reader.value(row, name) for name in COUNTS})
    return total


def _snapshots(counts: Sequence[Count]) -> tuple[Snapshot, ...]:
    """By day, and for one day in the order of the file. Lines are what most rows say."""
    found: dict[tuple[Any, str], list[Count]] = {}
    for count in counts:
        found.setdefault((count.as_of, count.source), []).append(count)
    snapshots = []
    for (day, source), listed in sorted(found.items(), key=lambda item: item[0][0]):
        said = Counter(count.lines for count in listed if count.lines is not None)
        lines = said.most_common(1)[0][0] if said else None
        snapshots.append(Snapshot(day, source, lines, tuple(listed)))
    return tuple(snapshots)


def _differing_lines(snapshots: Sequence[Snapshot], reader: RowReader) -> list[Problem]:
    """Rows that say another number of lines than their snapshot, or none that can be read."""
    return [
        Problem(count.row, "lines_differ", "lines", text)
        for snapshot in snapshots
        for count in snapshot.counts
        if (text := reader.text(count.row, "lines")) and count.lines != snapshot.lines
    ]
