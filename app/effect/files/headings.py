"""Which column of a file is what, and the refusals of files."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.factories.roster.text import as_text, fold
from app.factories.sheets.headings import Headed, find, judge
from app.platform.tables import Limits, TableRefused, Tables, Value, column_letters, read_tables

_LIMITS = Limits()
LONGEST_HEADING = 80
_BRACKET = re.compile(r"\(.*?\)|\[.*?\]")
WEEKLY = ("factory", "line", "year", "week", "operators", "minutes", "sam", "pieces", "defects", "efficiency")
NEEDED = ("line", "week", "operators", "minutes", "sam", "pieces")
TRAINING = ("factory", "line", "sex", "course", "trained_on")
NEEDED_OF_TRAINING = ("line", "trained_on")
_INSTEAD = (("trained_on", "day"), ("trained_on", "trained"), ("week", "day"))
"""What a column is taken for when no other says so: beside "Training date", "Trained" is yes or no."""


def _listed(name: str) -> Any:
    return json.loads((Path(__file__).parent / "words" / f"{name}.json").read_text("utf-8"))


@cache
def _kinds() -> dict[str, str]:
    return {fold(word): kind for kind, words in _listed("headings").items() for word in words}


@cache
def _units() -> dict[str, frozenset[str]]:
    return {kind: frozenset(map(fold, words)) for kind, words in _listed("units").items()}


def kind_of(value: Value) -> str | None:
    """What a heading says its column holds; None for an unknown one."""
    if not isinstance(value, str) or len(value) > LONGEST_HEADING:
        return None
    text = as_text(value).replace("%", " pct ").replace("#", " no ")
    return _kinds().get(fold(text)) or _without_units(text)


def _without_units(text: str) -> str | None:
    """As in: Output (pcs), or the same in another language: Output (পিস). Output (target) is another figure."""
    kind = _kinds().get(fold(_BRACKET.sub(" ", text)), "")
    units = _units().get(kind, frozenset())
    inside = map(fold, _BRACKET.findall(text))
    return kind if kind and all(said in units or _kinds().get(said) == kind for said in inside) else None


class Refused(Exception):
    """A file that cannot be read at all: the code, the columns it lacks, the headings that say nothing, and the courses
    among which nobody can choose."""

    def __init__(
        self, reason: str, missing: tuple[str, ...] = (), ignored: tuple[str, ...] = (), courses: tuple[str, ...] = (),
    ) -> None:
        super().__init__(reason)
        self.reason, self.missing, self.ignored, self.courses = reason, missing, ignored, courses


def opened(
    data: bytes, fields: tuple[str, ...], needed: tuple[str, ...], columns: Mapping[str, int] | None = None,
) -> tuple[Tables, Headed]:
    """The sheet and headings of a file; chosen columns stand before those that headings name. Raises Refused."""
    chosen = {name: number for name, number in (columns or {}).items() if name in fields}
    try:
        tables = read_tables(data, _LIMITS, judge=judge(kind_of))
    except TableRefused as refusal:
        raise Refused(refusal.reason) from refusal
    headed = find(
        tables.sheets, kind_of, lambda found: [name for name in needed if name not in _settled(found, chosen)])
    settled = _settled(headed.columns, chosen)
    headed = Headed(headed.sheet, headed.row, {name: number for name, number in settled.items() if name in fields})
    beyond = tuple(name for name, number in chosen.items() if number > _width(headed))
    if beyond:
        raise Refused("no_such_column", beyond)
    missing = tuple(name for name in needed if name not in headed.columns)
    if missing:
        raise Refused("columns_not_found", missing, unused(headed))
    if len(headed.sheet.rows) <= headed.row:
        raise Refused("no_rows")
    return tables, headed


def _settled(found: Mapping[str, int], chosen: Mapping[str, int]) -> dict[str, int]:
    """What each column counts as. Beside a day stand its year and month together or not at all."""
    columns = {**found, **chosen}
    for name, other in _INSTEAD:
        if other in found:
            columns.setdefault(name, found[other])
    if columns.get("trained") == columns.get("trained_on"):
        columns.pop("trained", None)
    is_day = "day" in found and columns["week"] == found["day"]
    if not is_day:
        columns.pop("month", None)
    elif "month" not in found and "week" not in chosen:
        columns.pop("year", None)  # the sixth day of a month that nobody knows is not the sixth week
    return columns


def _width(headed: Headed) -> int:
    """The number of the last column of the sheet."""
    return max((len(row) for row in headed.sheet.rows), default=0)


def unused(headed: Headed) -> tuple[str, ...]:
    """Headings of columns of which nothing is read, from the first column on."""
    taken, headings = set(headed.columns.values()), headed.sheet.rows[headed.row - 1]
    named = (as_text(value) for column, value in enumerate(headings, 1) if column not in taken)
    return tuple(text[:LONGEST_HEADING] for text in named if text)


def letters(headed: Headed) -> dict[str, str]:
    """Columns as spreadsheets name them."""
    return {name: column_letters(number) for name, number in headed.columns.items()}
