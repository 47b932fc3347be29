"""Other files of the kinds that the samples are: the same people in other formats, layouts and words."""

import csv
import random
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from app.factories.roster import as_json, check
from tests.counts import sampled
from tests.factories.roster.sample_files import EXPECTED, expected, needs_samples, role_map
from tests.factories.roster.writing import Grid, as_ods, as_text, as_xlsx, sample_grid, written

pytestmark = [needs_samples, pytest.mark.slow]
NAMES = [name for name in EXPECTED if name[:2] in {"et", "ht", "id", "jo", "lk", "pk", "vn"} or name.startswith("kh-golden-needle-2026-05")]
KEYS = ("employee_number", "name", "local_name", "sex", "line", "designation", "role", "phone", "joined")
Change = Callable[[Grid, int], Grid]


def _each_text(change: Callable[[str], str]) -> Change:
    return lambda rows, header: [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _headings(change: Callable[[str], str]) -> Change:
    def changed(rows: Grid, header: int) -> Grid:
        head = [change(written(cell)) if cell else None for cell in rows[header - 1]]
        return [*rows[:header - 1], head, *rows[header:]]

    return changed


def _shuffled(seed: int) -> Change:
    def changed(rows: Grid, header: int) -> Grid:
        order = list(range(len(rows[0])))
        random.Random(seed).shuffle(order)
        return [[row[column] for column in order] for row in rows]

    return changed


def _every(rows: Grid, header: int, times: int, more: list[Any]) -> Grid:
    people = [[row, more] if number % times == times - 1 else [row] for number, row in enumerate(rows[header:])]
    return [*rows[:header], *(row for some in people for row in some)]


def _below(more: Callable[[int], list[Any]]) -> Change:
    """A row right below the headings."""
    return lambda rows, header: [*rows[:header], more(len(rows[0])), *rows[header:]]


LAYOUTS: dict[str, Change] = {
    "as it is": lambda rows, header: rows,
    "columns from right to left": lambda rows, header: [row[::-1] for row in rows],
    "columns in another order": _shuffled(1),
    "columns in a third order": _shuffled(2),
    "a dozen lines above": lambda rows, header: [*[[f"Internal note {number}"] for number in "abcdefghijkl"], *rows],
    "three blank columns first": lambda rows, header: [[None, None, None, *row] for row in rows],
    "blank rows between": lambda rows, header: _every(rows, header, 10, []),
    "headings on each page": lambda rows, header: _every(rows, header, 40, rows[header - 1]),
    "headings on each page, in capitals": lambda rows, header: _every(rows, header, 40, [written(cell).upper() for cell in rows[header - 1]]),
    "headings in capitals": _headings(str.upper),
    "headings with a colon": _headings(lambda text: f"{text}:"),
    "headings with a star": _headings(lambda text: f"{text} *"),
    "headings with a line end": _headings(lambda text: f" {text}\n"),
    "columns numbered": _below(lambda width: [float(number + 1) for number in range(width)]),
    "columns numbered in brackets": _below(lambda width: [f"({number + 1})" for number in range(width)]),
    "spaces and marks around": _each_text(lambda text: f"\u00a0 {text} \u200f"),
    "letters and marks apart": _each_text(lambda text: unicodedata.normalize("NFD", text)),
    "signatures below": lambda rows, header: [*rows, [], ["Prepared by:", None, "Checked by:"], ["(________)", None, "(________)"], ["HR Manager", None, "Director"]],
    "a remark column": lambda rows, header: [*([*row, None] for row in rows[:header - 1]), [*rows[header - 1], "Remarks"], *([*row, None] for row in rows[header:])],
}
FORMATS: dict[str, Callable[[Grid], bytes]] = {
    "ods with repeated cells": as_ods,
    "utf-8": lambda rows: as_text(rows).encode(),
    "semicolons and a mark": lambda rows: as_text(rows, ";").encode("utf-8-sig"),
    "two marks": lambda rows: b"\xef\xbb\xbf" + as_text(rows).encode("utf-8-sig"),
    "bars": lambda rows: as_text(rows, "|").encode(),
    "tabs in utf-16": lambda rows: as_text(rows, "\t").encode("utf-16"),
    "tabs in utf-16, the other way round": lambda rows: ("\ufeff" + as_text(rows, "\t")).encode("utf-16-be"),
    "utf-16 without a mark": lambda rows: as_text(rows, "\t").encode("utf-16-le"),
    "utf-32": lambda rows: as_text(rows).encode("utf-32"),
    "an order to the program": lambda rows: ("sep=;\r\n" + as_text(rows, ";")).encode(),
    "carriage returns": lambda rows: as_text(rows, end="\r", quoting=csv.QUOTE_ALL).encode(),
    "all quoted": lambda rows: as_text(rows, quoting=csv.QUOTE_ALL).encode(),
    "delimiters at the end": lambda rows: as_text([[*row, None, None, None] for row in rows]).encode(),
    "dates as 1-Jan-20": lambda rows: as_xlsx(rows, date_format="[$-409]d\\-mmm\\-yy;@"),
    "an empty sheet and a summary first": lambda rows: as_xlsx([[]], [["Line", "Workers", "Women"], ["1", 30.0, 20.0]], rows),
    "leavers on a longer sheet": lambda rows: as_xlsx(rows, [*rows, *rows], names=("Active", "Resigned")),
    "codes on a sheet before": lambda rows: as_xlsx([["Code", "Name"], ["1", "Sewing"], ["2", "Cutting"]], rows),
}


def _people(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in KEYS) for row in rows]


def _reads_the_same(wanted: dict[str, Any], data: bytes) -> None:
    chosen = {name: wanted[name] for name in ("country", "import_date")}
    shown = as_json(check(data, "list", chosen, role_map()))
    assert shown["outcome"] == "accepted", (shown.get("reason"), shown.get("missing"))
    assert _people(shown["rows"]) == _people(wanted["rows"])
    codes = [(problem["code"], problem["field"]) for problem in shown["problems"]]
    assert codes == [(problem["code"], problem["field"]) for problem in wanted["problems"]]


@pytest.mark.parametrize("name", NAMES)
def test_layouts(name: str) -> None:
    wanted = expected(name)
    rows = sample_grid(wanted)
    for layout, change in sampled([*LAYOUTS.items()], name, 3):
        print(layout)  # said when it fails
        _reads_the_same(wanted, as_xlsx(change(rows, wanted["header_row"])))


@pytest.mark.parametrize("name", NAMES)
def test_formats(name: str) -> None:
    wanted = expected(name)
    rows = sample_grid(wanted)
    for form, write in sampled([*FORMATS.items()], name, 3):
        print(form)
        _reads_the_same(wanted, write(rows))
