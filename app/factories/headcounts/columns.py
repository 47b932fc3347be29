"""Which column of a headcount file is what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.factories.headcounts.choices import Choices
from app.factories.headcounts.vocabulary import heading_kinds
from app.factories.roster.headers import meanings
from app.factories.roster.text import as_text, fold
from app.platform.tables import Sheet, Value

_HEADER_WITHIN = 30
_OF_ROSTERS = {"designation": "role", "sex": "sex", "female": "women", "male": "men"}
_SURE = 3.0


@dataclass(frozen=True)
class Layout:
    """The sheet, the row of its headings and its columns."""

    sheet: Sheet
    choices: Choices

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be there and is not."""
        columns, missing = self.choices.columns, []
        if "as_of" not in columns and self.choices.as_of is None:
            missing.append("as_of")
        if "role" not in columns:
            missing.append("role")
        if not {"people", "women", "men"} & set(columns):
            missing.append("people")
        return tuple(missing)


def propose(sheets: Sequence[Sheet], choices: Choices) -> Layout:
    """The sheet and row whose headings say most, completed by what was chosen."""
    used = [sheet for sheet in sheets if sheet.rows]
    named = [sheet for sheet in used if choices.sheet is not None and sheet.name == choices.sheet]
    return max((_layout(sheet, choices) for sheet in named or used), key=_points)


def _points(layout: Layout) -> tuple[int, bool, int]:
    return -len(layout.missing), not layout.sheet.hidden, len(layout.choices.columns)


def _layout(sheet: Sheet, choices: Choices) -> Layout:
    rows = [choices.header_row] if choices.header_row else range(1, min(len(sheet.rows), _HEADER_WITHIN) + 1)
    found = {row: _columns(sheet.rows[row - 1]) for row in rows if row <= len(sheet.rows)}
    row = max(found, key=lambda each: (len(found[each]), -each), default=choices.header_row or 1)
    columns = dict(choices.columns) or found.get(row, {})
    return Layout(sheet, replace(choices, sheet=sheet.name or None, header_row=row, columns=columns))


def _columns(values: Sequence[Value]) -> dict[str, int]:
    """The first column of each kind; a total beside a count of people only repeats it."""
    found: dict[str, int] = {}
    for column, value in enumerate(values, 1):
        kind = kind_of(value)
        if kind and kind not in found:
            found[kind] = column
    return found


def kind_of(value: Value) -> str | None:
    """What a heading says its column holds; None for an unknown one."""
    if not isinstance(value, str) or len(value) > 80:
        return None
    text = as_text(value)
    kind = heading_kinds().get(fold(text.replace("#", " no ")))
    if kind is None:
        known = [each for each in meanings(text) if each.points >= _SURE]
        kind = _OF_ROSTERS.get(known[0].kind) if known else None
    return kind
