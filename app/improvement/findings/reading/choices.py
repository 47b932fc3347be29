"""What a person decides about a file of findings, or the reader proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.factories.sheets import choosing

FIELDS = ("factory", "cluster", "point", "question", "severity", "assessed_on", "status")


@dataclass(frozen=True)
class Choices:
    """None means not chosen. `columns` are numbers from 1. `factories` are the codes of the factories there are;
    without them every code is taken as it is written. `cluster_words` say which theme an old or short name means."""

    import_date: date | None = None
    factories: tuple[str, ...] | None = None
    cluster_words: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    calendar: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


def read_choices(raw: Mapping[str, Any] | None) -> Choices:
    """From the samples' names; unknown names are passed over. Raises ValueError for a choice of the wrong shape."""
    raw = choosing.mapping(raw, "choices") or {}
    return Choices(
        import_date=choosing.day(raw.get("import_date")),
        factories=None if raw.get("factories") is None else choosing.names(raw["factories"]),
        cluster_words=choosing.words(raw.get("cluster_words"), "cluster_words"),
        sheet=choosing.text(raw, "sheet"),
        header_row=choosing.row(raw.get("header_row")),
        columns=choosing.columns(raw.get("columns"), FIELDS),
        calendar=choosing.text(raw, "calendar"),
        encoding=choosing.text(raw, "encoding"),
        delimiter=choosing.text(raw, "delimiter"),
    )


def choices_json(choices: Choices) -> dict[str, Any]:
    """The choices that were made, under the samples' names."""
    shown = {
        "import_date": choices.import_date.isoformat() if choices.import_date else None,
        "factories": None if choices.factories is None else list(choices.factories),
        "cluster_words": dict(choices.cluster_words) or None,
        "sheet": choices.sheet, "header_row": choices.header_row, "calendar": choices.calendar,
        "columns": choosing.letters(choices.columns) or None,
        "encoding": choices.encoding, "delimiter": choices.delimiter,
    }
    return {name: value for name, value in shown.items() if value is not None}
