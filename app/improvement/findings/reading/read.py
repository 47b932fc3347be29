"""A file in, checked findings out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.factories.headcounts.vocabulary import mark_of
from app.factories.headings import headings
from app.factories.roster.results import Skipped
from app.factories.sheets.headings import judge
from app.improvement.findings.catalogue import Catalogue
from app.improvement.findings.reading.choices import read_choices
from app.improvement.findings.reading.columns import Layout, kind_of, propose
from app.improvement.findings.reading.results import Findings, Problem, Row
from app.improvement.findings.reading.rows import RowReader
from app.platform.tables import Limits, TableRefused, read_tables

_LIMITS = Limits()
_SAID = ("point", "question", "assessed_on", "status")


def check(
    data: bytes, filename: str, catalogue: Catalogue, choices: Mapping[str, Any] | None = None
) -> Findings:
    """Read a file of findings as the samples' rules say.

    `choices` are what a person chose, under the samples' names; what they leave out is proposed. A file that cannot be
    read is refused with a reason, never an exception. Remarks and unknown columns are not looked at. Raises ValueError
    for malformed choices.
    """
    chosen = read_choices(choices)
    try:
        tables = read_tables(data, _LIMITS, encodings=[chosen.encoding] if chosen.encoding else [],
                             judge=judge(kind_of), delimiter=chosen.delimiter)
    except TableRefused as refusal:
        return Findings(filename, "refused", chosen, refusal.reason)
    layout = propose(tables.sheets, chosen)
    layout = replace(
        layout, choices=replace(layout.choices, encoding=tables.encoding, delimiter=tables.delimiter))
    offered = headings(tables, layout.choices.sheet, layout.choices.header_row)
    if layout.missing:
        return Findings(
            filename, "refused", layout.choices, "columns_not_found", layout.missing, headings=offered)
    return replace(_read(filename, layout, catalogue, date_1904=tables.date_1904), headings=offered)


def _read(filename: str, layout: Layout, catalogue: Catalogue, *, date_1904: bool) -> Findings:
    first = layout.headed.row
    skipped = {row: "title" if values else "blank" for row, values in enumerate(layout.sheet.rows[: first - 1], 1)}
    below = range(first + 1, len(layout.sheet.rows) + 1)
    skipped |= {row: reason for row in below if (reason := _nothing(layout, row))}
    rows = [row for row in below if row not in skipped]
    if not rows:
        return Findings(filename, "refused", layout.choices, "no_rows")
    reader = RowReader(layout, catalogue, rows, date_1904=date_1904)
    found: dict[Row, int] = {}
    problems: list[Problem] = []
    for row in rows:
        reading = reader.read(row)
        same = replace(reading.found, row=0) if reading.found else None
        if same and same in found:
            problems.append(Problem(row, "duplicate_row", "question"))
            skipped[row] = "duplicate"
            continue
        problems += reading.problems
        if same:
            found[same] = row
    return Findings(
        filename, "accepted", layout.choices, rows=tuple(replace(each, row=row) for each, row in found.items()),
        problems=tuple(problems), skipped=tuple(Skipped(row, skipped[row]) for row in sorted(skipped)),
        ignored_columns=layout.ignored)


def _nothing(layout: Layout, row: int) -> str | None:
    """Why a row says nothing of a finding: blank, the headings again, a total, a lone text."""
    texts, columns = layout.headed.texts(row), layout.choices.columns
    if not texts:
        return "blank"
    if layout.headed.repeats(row):
        return "repeated_header"
    if any(layout.sheet.cell(row, columns[name]) for name in _SAID if name in columns):
        return None
    alone = "footer" if row == len(layout.sheet.rows) else "section"
    return mark_of(texts[0]) or (alone if len(texts) == 1 else None)
