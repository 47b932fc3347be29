"""What a person decides about a headcount file, or the reader proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.platform.tables import column_letters, column_number

FIELDS = ("factory", "as_of", "source", "role", "sex", "people", "women", "men", "undisclosed", "lines", "remarks")
COUNTS = ("people", "women", "men", "undisclosed")


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
    raw = _mapping(raw, "choices") or {}
    row = raw.get("header_row")
    return Choices(
        country=_text(raw, "country"),
        import_date=_day(raw.get("import_date")),
        factory=_names(raw.get("factory")),
        as_of=_day(raw.get("as_of")),
        sheet=_text(raw, "sheet"),
        header_row=_row(row) if row is not None else None,
        columns=_columns(raw.get("columns")),
        calendar=_text(raw, "calendar"),
        role_words=_role_words(raw.get("role_words")),
        sex_words=_mapping(raw.get("sex_words"), "sex_words"),
        encoding=_text(raw, "encoding"),
        delimiter=_text(raw, "delimiter"),
    )


def _text(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    return str(value) if value is not None else None


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a day as YYYY-MM-DD")  # noqa: TRY004 - one error for all choices
    return date.fromisoformat(value)


def _row(value: Any) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise ValueError("header_row: rows count from 1")
    return int(text)


def _names(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(name) for name in listed if name)


def _mapping(value: Any, name: str) -> Mapping[str, Any] | None:
    if value is not None and not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected an object")
    return value


def _columns(value: Any) -> dict[str, int]:
    listed = _mapping(value, "columns") or {}
    aliases = {"total": "people", "female": "women", "male": "men"}
    named = {aliases.get(name, name): letters for name, letters in listed.items() if letters}
    return {name: column_number(str(letters)) for name, letters in named.items() if name in FIELDS}


def _role_words(value: Any) -> dict[str, str]:
    """Accepts {word: role} and {role: [words]}."""
    found: dict[str, str] = {}
    for key, said in (_mapping(value, "role_words") or {}).items():
        if isinstance(said, str):
            found[key] = said
        elif isinstance(said, list | tuple):
            found |= {str(word): key for word in said}
    return found


def choices_json(choices: Choices) -> dict[str, Any]:
    """The choices that were made, under the samples' names."""
    shown = {
        "country": choices.country, "import_date": _iso(choices.import_date), "as_of": _iso(choices.as_of),
        "factory": choices.factory[0] if len(choices.factory) == 1 else list(choices.factory) or None,
        "sheet": choices.sheet, "header_row": choices.header_row, "calendar": choices.calendar,
        "columns": {name: column_letters(number) for name, number in choices.columns.items()} or None,
        "role_words": dict(choices.role_words) or None,
        "sex_words": dict(choices.sex_words) if choices.sex_words else None,
        "encoding": choices.encoding, "delimiter": choices.delimiter,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
