"""What applying a roster changed, kept with the import until the next one so that it can be taken back. Pure."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

CONTACTS = ("phone", "email")


class Mended(NamedTuple):
    """A row of which some columns were set: what they said before, and what they were set to."""

    row_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class LineName(NamedTuple):
    """A line that was given another name."""

    line_id: int
    before: str
    after: str


@dataclass(frozen=True)
class Undo:
    """`people`, `begun` (employments) and `lines` are rows that were added; `ended` are employments that were open,
    with the day they were ended on; `reopened` are lines that were closed, with the day since when."""

    people: tuple[int, ...] = ()
    begun: tuple[int, ...] = ()
    ended: Mapping[int, date] = field(default_factory=dict)
    terms: tuple[Mended, ...] = ()
    corrected: tuple[Mended, ...] = ()
    lines: tuple[int, ...] = ()
    lines_renamed: tuple[LineName, ...] = ()
    reopened: Mapping[int, date] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As `RosterImport.undo` keeps it: what is empty is left out."""
        days = {"ended": _written(self.ended), "reopened": _written(self.reopened)}
        return {name: value for name, value in {**asdict(self), **days}.items() if value}


def read_undo(kept: Mapping[str, Any]) -> Undo:
    """What `as_json` wrote."""
    return Undo(
        people=tuple(kept.get("people", ())),
        begun=tuple(kept.get("begun", ())),
        ended=_days(kept.get("ended", ())),
        terms=tuple(Mended(*each) for each in kept.get("terms", ())),
        corrected=tuple(Mended(*each) for each in kept.get("corrected", ())),
        lines=tuple(kept.get("lines", ())),
        lines_renamed=tuple(LineName(*each) for each in kept.get("lines_renamed", ())),
        reopened=_days(kept.get("reopened", ())),
    )


def forget(kept: Mapping[str, Any], people: Container[int], employments: Container[int]) -> dict[str, Any]:
    """What `as_json` wrote, without everything of these people: undoing leaves them as they are."""
    theirs = {"people": people, "corrected": people, "begun": employments, "ended": employments, "terms": employments}
    left = {name: [row for row in rows if _row_id(row) not in theirs.get(name, ())] for name, rows in kept.items()}
    return {name: rows for name, rows in left.items() if rows}


def forget_contacts(kept: Mapping[str, Any], people: Container[int]) -> dict[str, Any]:
    """What `as_json` wrote, without the telephones of these people."""
    rows = [
        [row_id, *(without_contacts(told) for told in sides)] if row_id in people else [row_id, *sides]
        for row_id, *sides in kept.get("corrected", ())
    ]
    return {**kept, "corrected": rows} if rows else dict(kept)


def without_contacts(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a person, without telephone and mail address."""
    return {name: value for name, value in told.items() if name not in CONTACTS}


def _row_id(row: Any) -> int:
    return row if isinstance(row, int) else row[0]


def _written(days: Mapping[int, date]) -> list[tuple[int, str]]:
    return [(row_id, day.isoformat()) for row_id, day in days.items()]


def _days(written: Iterable[tuple[int, str]]) -> dict[int, date]:
    return {row_id: date.fromisoformat(day) for row_id, day in written}


def mended(row_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> Mended:
    """Only the columns that differ."""
    names = [name for name, value in after.items() if before[name] != value]
    return Mended(row_id, {name: before[name] for name in names}, {name: after[name] for name in names})
