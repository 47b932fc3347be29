"""How the rules make a conflict of what they found."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.sessions.conflicts.rules.asked import HalfDayAsked
from app.sessions.conflicts.rules.found import Conflict, Kind, Other
from app.sessions.conflicts.rules.times import overlap


def clash(
    kind: Kind,
    half_day: HalfDayAsked,
    subject: object,
    other: Other | None = None,
    *,
    day: date | None = None,
    **facts: Any,
) -> Conflict:
    """A conflict of a half-day; `subject` is what clashes, as an id. It is another one when a time changes, or for
    what is about a whole `day` when the day does.
    """
    parts = [kind.value, str(subject), _moment(half_day) if day is None else day.isoformat()]
    if day is not None:
        facts["day"] = day
    if other is not None:
        parts += [str(other.meeting_id), _moment(other)]
    return Conflict(kind, half_day.number, "|".join(parts), half_day.starts, facts, other)


def _moment(span: HalfDayAsked | Other) -> str:
    return f"{span.starts_at:%Y%m%dT%H%MZ}/{span.ends_at:%H%MZ}"


def at_once(half_day: HalfDayAsked, others: Iterable[Other]) -> Iterator[Other]:
    """Those that go on at the same time."""
    return (other for other in others if overlap(half_day, other))
