"""Rows become participants: one per address, or per name where there is none. Pure."""

from collections.abc import Collection, Iterable, Sequence

from app.attendance.reports.meetings import Attended
from app.attendance.reports.names import identity
from app.attendance.reports.results import Length, Participant
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
    joins = tuple(dict.fromkeys(row.span for row in rows if row.span))
    lengths = tuple(Length(row.length, row.first, row.last) for row in rows if row.span is None)
    host = any(row.is_host for row in rows) or (first.email is not None and first.email in staff)
    return within(
        parts, most, key=key, display_name=first.name, email=first.email, host=host, joins=joins, lengths=lengths
    )


def within(
    parts: Sequence[Span], most: int | None, *, key: str, display_name: str, email: str | None, host: bool,
    joins: tuple[Span, ...], lengths: tuple[Length, ...],
) -> Participant:  # fmt: skip
    """A participant with what lies in the parts of the meeting; `most` are the meeting's seconds, where it has some."""
    spans = tuple(cut(joins, parts or joins)) if joins else None
    total = seconds(spans or ()) + sum(each.seconds for each in lengths)
    return Participant(
        key=key, display_name=display_name, email=email, host=host, connections=len(joins) + len(lengths),
        spans=None if lengths else spans, seconds=total if most is None else min(total, most),
        first_joined=min((each.first for each in lengths if each.first), default=None),
        last_left=max((each.last for each in lengths if each.last), default=None),
        overlaps_itself=doubles(joins), joins=joins, lengths=lengths,
    )  # fmt: skip
