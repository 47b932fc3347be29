"""Rows become participants: one per address, or per name where there is none. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from app.attendance.reports.meetings import Attended
from app.attendance.reports.names import identity
from app.attendance.reports.results import Participant
from app.attendance.reports.spans import Span, cut, doubles, seconds


def gather(attended: Iterable[Attended], parts: Sequence[Span], staff: Collection[str]) -> tuple[Participant, ...]:
    """In the order in which they first appear. Time outside the parts does not count, nor the same time twice; lengths
    add up to the meeting's at most. `staff` are addresses in small letters."""
    rows: dict[str, list[Attended]] = {}
    for each in attended:
        rows.setdefault(identity(each.name, each.email), []).append(each)
    most = seconds(parts) if parts else None
    return tuple(_participant(key, listed, parts, most, staff) for key, listed in rows.items())


def _participant(
    key: str, rows: Sequence[Attended], parts: Sequence[Span], most: int | None, staff: Collection[str]
) -> Participant:
    first = rows[0]
    connections = list(dict.fromkeys(row.span for row in rows if row.span))
    lengths = [row for row in rows if row.span is None]
    spans = tuple(cut(connections, parts) if parts else cut(connections, connections)) if connections else None
    total = seconds(spans or ()) + sum(row.length for row in lengths)
    return Participant(
        key=key, display_name=first.name, email=first.email,
        host=any(row.is_host for row in rows) or (first.email is not None and first.email in staff),
        connections=len(connections) + len(lengths), spans=None if lengths else spans,
        seconds=total if most is None else min(total, most),
        first_joined=_first(row.first for row in lengths), last_left=_last(row.last for row in lengths),
        overlaps_itself=doubles(connections),
    )  # fmt: skip


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
