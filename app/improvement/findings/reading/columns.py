"""Which column of a file of findings is what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.factories.roster.text import as_text, fold
from app.factories.sheets.headings import Headed, find
from app.improvement.findings.reading.choices import FIELDS, Choices
from app.improvement.findings.reading.vocabulary import heading_kinds
from app.platform.tables import Sheet, Value

_NEEDED = ("factory", "point", "question", "assessed_on", "status")
_LONGEST = 80
_IN_WORDS = "_text"


@dataclass(frozen=True)
class Layout:
    """The sheet, the row of its headings, its columns, and the headings of those that are left out."""

    headed: Headed
    choices: Choices

    @property
    def sheet(self) -> Sheet:
        return self.headed.sheet

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be there and is not. Where no column says the theme, the point does."""
        return _missing(self.choices.columns)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of columns of which nothing is kept; words beside a code only repeat it."""
        used = set(self.choices.columns.values())
        values = self.sheet.rows[self.headed.row - 1] if self.headed.row <= len(self.sheet.rows) else []
        others = [value for column, value in enumerate(values, 1) if column not in used and kind_of(value) is None]
        return tuple(text[:_LONGEST] for value in others if (text := as_text(value)))


def _missing(columns: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(name for name in _NEEDED if name not in columns)


def propose(sheets: Sequence[Sheet], choices: Choices) -> Layout:
    """The sheet and row whose headings say most, completed by what was chosen."""
    headed = find(sheets, kind_of, lambda columns: _missing(_coded(columns)), sheet=choices.sheet,
                  row=choices.header_row, columns=choices.columns)
    headed = replace(headed, columns=_coded(headed.columns))
    said = replace(choices, sheet=headed.sheet.name or None, header_row=headed.row, columns=headed.columns)
    return Layout(headed, said)


def _coded(columns: Mapping[str, int]) -> dict[str, int]:
    """One column for each field: that of the codes, else that of the words."""
    found = {name: columns.get(name) or columns.get(f"{name}{_IN_WORDS}") for name in FIELDS}
    return {name: column for name, column in found.items() if column}


def kind_of(value: Value) -> str | None:
    """What a heading says its column holds; None for an unknown one."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return heading_kinds().get(fold(as_text(value).replace("#", " no ")))
