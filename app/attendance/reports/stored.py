"""Participants and parts as they are kept, and back. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.attendance.reports.participants import within
from app.attendance.reports.results import Length, Participant
from app.attendance.reports.spans import Span, merge, seconds

Said = dict[str, Any]


def keep_parts(parts: Iterable[Span]) -> Said:
    """Spans as JSON."""
    return {"spans": [[moment.isoformat() for moment in span] for span in parts]}


def kept_parts(said: Said) -> tuple[Span, ...]:
    """Spans out of JSON."""
    return tuple(_span(each) for each in said["spans"])


def keep(participant: Participant) -> Said:
    """What a participant's rows say, as JSON."""
    joins = [[moment.isoformat() for moment in span] for span in participant.joins]
    lengths = [[each.seconds, _text(each.first), _text(each.last)] for each in participant.lengths]
    return {"joins": joins, "lengths": lengths}


def add(said: Said, more: Said) -> Said:
    """Both together. What another file says in the same words is the same connection."""
    there = set(map(tuple, said["joins"]))
    joins = [*said["joins"], *(each for each in more["joins"] if tuple(each) not in there)]
    known = Counter(map(tuple, said["lengths"]))
    lengths = list(said["lengths"])
    for each in more["lengths"]:
        if known[tuple(each)]:
            known[tuple(each)] -= 1
        else:
            lengths.append(each)
    return {"joins": joins, "lengths": lengths}


def participant(
    said: Said, parts: Sequence[Span], *, key: str, name: str, email: str | None, host: bool
) -> Participant:
    """A participant out of what is kept, cut to the parts."""
    lengths = tuple(Length(each[0], _moment(each[1]), _moment(each[2])) for each in said["lengths"])
    most = seconds(merge(parts)) if parts else None
    joins = tuple(_span(each) for each in said["joins"])
    return within(parts, most, key=key, display_name=name, email=email, host=host, joins=joins, lengths=lengths)


def _span(pair: Sequence[str]) -> Span:
    return datetime.fromisoformat(pair[0]), datetime.fromisoformat(pair[1])


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
