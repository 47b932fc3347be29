"""Which column holds what: by its heading, and where the heading is not known by what stands in it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.attendance.reports.lengths import read_length
from app.attendance.reports.moments import ORDERS, Written, read_moment
from app.attendance.reports.vocabulary import heading, is_organizer
from app.factories.roster.text import as_text
from app.platform.tables import Value

_SAMPLE = 60
_SHARE = 0.5
Row = Sequence[Value]


@dataclass(frozen=True)
class Layout:
    """Columns, from 0, by what they hold."""

    columns: dict[str, int]

    def value(self, row: Row, name: str) -> Value:
        """The cell, or None where there is no such column."""
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else None

    def text(self, row: Row, name: str) -> str:
        """The cell as written, trimmed."""
        return written(self.value(row, name))

    def moment(self, row: Row, name: str) -> Written | None:
        """The moment in the cell."""
        return read_moment(self.value(row, name))

    def has(self, *names: str) -> bool:
        """Whether there are all these columns."""
        return all(name in self.columns for name in names)


def written(value: Value) -> str:
    """A cell as somebody wrote it: nothing but its ends is trimmed."""
    return value.strip().strip("\ufeff\u200b\u200e\u200f") if isinstance(value, str) else as_text(value)


def named_columns(header: Row) -> dict[str, int]:
    """The first column of each meaning that a heading row names."""
    columns: dict[str, int] = {}
    for place, value in enumerate(header):
        meaning = heading(as_text(value)) if value is not None else None
        if meaning:
            columns.setdefault(meaning, place)
    return columns


def lay_out(header: Row, rows: Sequence[Row]) -> Layout:
    """The columns of a table: headings first, then shapes. What a heading says of times, the cells must bear out."""
    named = named_columns(header)
    sample = rows[:_SAMPLE]
    times = [place for place in _places(sample) if _share(sample, place, read_moment) > _SHARE]
    spare = [place for place in times if place not in named.values()]
    unknown = [name for name in ("join", "leave") if named.get(name) not in times]
    for name in unknown:
        named.pop(name, None)
        if spare:
            named[name] = spare.pop(0)
    if unknown:
        _in_turn(named, sample)
    taken = set(named.values())
    _fill(named, "length", (p for p in _places(sample) if p not in taken and _share(sample, p, _worded) > _SHARE))
    _fill(named, "email", (p for p in _places(sample) if p not in taken and any(map(_is_mail, _column(sample, p)))))
    _fill(named, "role", (p for p in _places(sample) if p not in taken and _has_organizer(sample, p)))
    if not {"name", "given_name", "family_name"} & named.keys():
        rest = [place for place in _places(sample) if place not in set(named.values()) | set(times)]
        if rest:
            named["name"] = max(rest, key=lambda place: (len({*_column(sample, place)}), -place))
    return Layout(named)


def _fill(named: dict[str, int], name: str, found: Iterable[int]) -> None:
    place = None if name in named else next(iter(found), None)
    if place is not None:
        named[name] = place


def _places(rows: Sequence[Row]) -> range:
    return range(max(map(len, rows), default=0))


def _column(rows: Sequence[Row], place: int) -> list[str]:
    return [text for row in rows if place < len(row) and (text := written(row[place]))]


def _share(rows: Sequence[Row], place: int, reads: object) -> float:
    """Share of the filled cells of a column that can be read so."""
    cells = [row[place] for row in rows if place < len(row) and row[place] not in {None, "-", "--"}]
    fits = sum(reads(cell) is not None for cell in cells)  # type: ignore[operator] # a function of a cell
    return fits / len(cells) if cells else 0.0


def _worded(value: Value) -> int | None:
    """A length that is no plain number."""
    return None if isinstance(value, float) or written(value).isdecimal() else read_length(value)


def _is_mail(text: str) -> bool:
    return "@" in text and " " not in text


def _has_organizer(rows: Sequence[Row], place: int) -> bool:
    column = _column(rows, place)
    return any(map(is_organizer, column)) and len(set(column)) < max(2, len(column))


def _in_turn(named: dict[str, int], rows: Sequence[Row]) -> None:
    """Joining comes before leaving, whatever the columns are called."""
    if not {"join", "leave"} <= named.keys():
        return
    layout = Layout(named)
    turned = sum(_order_of(layout.moment(row, "join"), layout.moment(row, "leave")) for row in rows)
    if turned < 0:
        named["join"], named["leave"] = named["leave"], named["join"]


def _order_of(first: Written | None, second: Written | None) -> int:
    for order in ORDERS if first and second else ():
        one, other = (each.at(order) if each else None for each in (first, second))
        if one and other:
            return (one < other) - (one > other)
    return 0
