"""What a person decides about a headcount file, or the reader proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.factories.sheets import choosing

FIELDS = ("factory", "as_of", "source", "role", "sex", "people", "women", "men", "undisclosed", "lines", "remarks")
COUNTS = ("people", "women", "men", "undisclosed")
_ALIASES = {"total": "people", "female": "women", "male": "men"}


@dataclass(frozen=True)
class Choices:
    """None means not chosen. `columns` are numbers from 1. `factory` are the names under which the factory is known;
    rows of any other are not accepted. `as_of` is the day of a file without a column of days."""

    country: str | None = None
    import_date: date | None = None
    factory: tuple[str, ...] = ()
    as_of: date | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    calendar: str | None = None
    role_words: Mapping[str, str] = field(default_factory=dict)
    sex_words: Mapping[str, Any] | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def is_wide(self) -> bool:
        """Women and men stand side by side on one row; otherwise each row counts one sex."""
        return "sex" not in self.columns and bool({"women", "men"} & set(self.columns))


def read_choices(raw: Mapping[str, Any] | None) -> Choices:
    """From the samples' names; unknown names are passed over. Raises ValueError for a choice of the wrong shape."""
    raw = choosing.mapping(raw, "choices") or {}
    return Choices(
        country=choosing.text(raw, "country"),
        import_date=choosing.day(raw.get("import_date")),
        factory=choosing.names(raw.get("factory")),
        as_of=choosing.day(raw.get("as_of")),
        sheet=choosing.text(raw, "sheet"),
        header_row=choosing.row(raw.get("header_row")),
        columns=choosing.columns(raw.get("columns"), FIELDS, _ALIASES),
        calendar=choosing.text(raw, "calendar"),
        role_words=choosing.words(raw.get("role_words"), "role_words"),
        sex_words=choosing.mapping(raw.get("sex_words"), "sex_words"),
        encoding=choosing.text(raw, "encoding"),
        delimiter=choosing.text(raw, "delimiter"),
    )


def choices_json(choices: Choices) -> dict[str, Any]:
    """The choices that were made, under the samples' names."""
    shown = {
        "country": choices.country, "import_date": _iso(choices.import_date), "as_of": _iso(choices.as_of),
        "factory": choices.factory[0] if len(choices.factory) == 1 else list(choices.factory) or None,
        "sheet": choices.sheet, "header_row": choices.header_row, "calendar": choices.calendar,
        "columns": choosing.letters(choices.columns) or None,
        "role_words": dict(choices.role_words) or None,
        "sex_words": dict(choices.sex_words) if choices.sex_words else None,
        "encoding": choices.encoding, "delimiter": choices.delimiter,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
