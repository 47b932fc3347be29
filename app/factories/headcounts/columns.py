"""Which column of a headcount file is what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.factories.headcounts.choices import Choices
from app.factories.headcounts.vocabulary import heading_kinds
from app.factories.roster.headers import meanings
from app.factories.roster.text import as_text, fold
from app.factories.sheets.headings import Headed, find
from app.platform.tables import Sheet, Value

_OF_ROSTERS = {"designation": "role", "sex": "sex", "female": "women", "male": "men"}
_SURE = 3.0


@dataclass(frozen=True)
class Layout:
    """The sheet, the row of its headings and its columns."""

    headed: Headed
    choices: Choices

    @property
    def sheet(self) -> Sheet:
        return self.headed.sheet

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be there and is not."""
        return _missing(self.choices.columns, self.choices)


def _missing(columns: Mapping[str, int], choices: Choices) -> tuple[str, ...]:
    missing = []
    if "as_of" not in columns and choices.as_of is None:
        missing.append("as_of")
    if "role" not in columns:
        missing.append("role")
    if not {"people", "women", "men"} & set(columns):
        missing.append("people")
    return tuple(missing)


def propose(sheets: Sequence[Sheet], choices: Choices) -> Layout:
    """The sheet and row whose headings say most, completed by what was chosen."""
    headed = find(sheets, kind_of, lambda columns: _missing(columns, choices), sheet=choices.sheet,
                  row=choices.header_row, columns=choices.columns)
    said = replace(choices, sheet=headed.sheet.name or None, header_row=headed.row, columns=headed.columns)
    return Layout(headed, said)


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
