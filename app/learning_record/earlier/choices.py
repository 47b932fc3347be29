"""What a person decides about a list of earlier trainings, or the reader proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.factories.sheets import choosing

FIELDS = (
    "employee_number", "name", "course", "taken_on", "hours", "provider", "result", "certificate", "proof",
)  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """None means not chosen. `columns` are numbers from 1; `import_date` is the day after which nothing was taken."""

    import_date: date | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    calendar: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns that must be there and are not."""
        return missing(self.columns)


def missing(columns: Mapping[str, int]) -> tuple[str, ...]:
    """Columns that must be there and are not: somebody, something, a day."""
    person = () if {"employee_number", "name"} & set(columns) else ("employee_number",)
    return (*person, *(name for name in ("course", "taken_on") if name not in columns))


def read_choices(raw: Mapping[str, Any] | None) -> Choices:
    """From JSON; unknown names are passed over. Raises ValueError for a choice of the wrong shape."""
    raw = choosing.mapping(raw, "choices") or {}
    return Choices(
        import_date=choosing.day(raw.get("import_date")),
        sheet=choosing.text(raw, "sheet"),
        header_row=choosing.row(raw.get("header_row")),
        columns=choosing.columns(raw.get("columns"), FIELDS),
        calendar=choosing.text(raw, "calendar"),
        encoding=choosing.text(raw, "encoding"),
        delimiter=choosing.text(raw, "delimiter"),
    )


def choices_json(choices: Choices) -> dict[str, Any]:
    """The choices that were made, as JSON."""
    shown = {
        "import_date": choices.import_date.isoformat() if choices.import_date else None,
        "sheet": choices.sheet, "header_row": choices.header_row,
        "columns": choosing.letters(choices.columns) or None, "calendar": choices.calendar,
        "encoding": choices.encoding, "delimiter": choices.delimiter,
    }  # fmt: skip
    return {name: value for name, value in shown.items() if value is not None}
