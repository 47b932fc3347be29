"""What a person decides about a file, or the importer proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.platform.tables import column_letters, column_number

FIELDS = ("employee_number", "name", "local_name", "sex", "line", "designation", "joined", "phone")
Columns = Mapping[str, tuple[int, ...]]
_SEX_KEYS = {"f": "F", "female": "F", "women": "F", "woman": "F", "m": "M", "male": "M", "men": "M", "man": "M"}


@dataclass(frozen=True)
class Choices:
    """None means not chosen. `columns` are numbers from 1, several are joined with a space in that order;
    `sex_columns` holds one column per sex where the file marks them with an x."""

    country: str | None = None
    import_date: date | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Columns | None = None
    sex_columns: Mapping[str, int] = field(default_factory=dict)
    calendar: str | None = None
    line_from: str | None = None
    sex_words: Mapping[str, Any] | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def used_columns(self) -> frozenset[int]:
        """Every column whose content is kept."""
        mapped = {number for numbers in (self.columns or {}).values() for number in numbers}
        return frozenset(mapped | set(self.sex_columns.values()))


def read_choices(raw: Mapping[str, Any] | None) -> Choices:
    """From the samples' names; unknown names are passed over. Raises ValueError for a choice of the wrong shape."""
    raw = raw or {}
    columns, sex_columns = _columns(raw.get("columns"))
    day = raw.get("import_date")
    row = raw.get("header_row")
    return Choices(
        country=_text(raw, "country"),
        import_date=date.fromisoformat(day) if isinstance(day, str) else day,
        sheet=_text(raw, "sheet"),
        header_row=int(row) if row is not None else None,
        columns=columns,
        sex_columns=sex_columns,
        calendar=_text(raw, "calendar"),
        line_from=_text(raw, "line_from"),
        sex_words=raw.get("sex_words"),
        encoding=_text(raw, "encoding"),
        delimiter=_text(raw, "delimiter"),
    )


def _text(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    return str(value) if value is not None else None


def _columns(raw: Any) -> tuple[Columns | None, dict[str, int]]:
    if raw is None:
        return None, {}
    if not isinstance(raw, Mapping):
        raise ValueError("columns: expected an object of column letters")  # noqa: TRY004 - one error for all choices
    sex = raw.get("sex")
    sex_columns: dict[str, int] = {}
    if isinstance(sex, Mapping):
        sex_columns = {
            _SEX_KEYS.get(str(key).casefold(), str(key)): column_number(letters) for key, letters in sex.items()}
        sex = None
    mapped = {name: _numbers(sex if name == "sex" else raw.get(name)) for name in FIELDS}
    return mapped, sex_columns


def _numbers(letters: Any) -> tuple[int, ...]:
    if letters is None or letters == "":
        return ()
    listed = [letters] if isinstance(letters, str) else list(letters)
    return tuple(column_number(str(one)) for one in listed)


def columns_json(choices: Choices) -> dict[str, Any]:
    """The columns as letters, under the samples' names."""
    columns = choices.columns or {}
    shown: dict[str, Any] = {}
    for name in FIELDS:
        letters = [column_letters(number) for number in columns.get(name, ())]
        shown[name] = letters if len(letters) > 1 else letters[0] if letters else None
    if choices.sex_columns:
        shown["sex"] = {sex: column_letters(number) for sex, number in choices.sex_columns.items()}
    return shown
