"""Spans of time: joined where they touch, cut to others, added up. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
"""Two moments of one clock (UTC), the first before or at the second."""

SAME_CONNECTION = timedelta(minutes=1)
"""A connection that comes back is often counted twice for as long as the tool takes to notice that the old one is gone.
"""


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order. Spans without length are left out."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def cut(spans: Iterable[Span], parts: Iterable[Span]) -> list[Span]:
    """What of the spans lies in the parts, merged."""
    bounds = merge(parts)
    return merge((max(start, first), min(end, last)) for start, end in merge(spans) for first, last in bounds)


def seconds(spans: Iterable[Span]) -> int:
    """Whole seconds of spans that do not overlap."""
    return int(sum((end - start for start, end in spans), timedelta()).total_seconds())


def doubles(spans: Sequence[Span]) -> bool:
    """Whether two of them run at the same time for longer than it takes to come back."""
    last: datetime | None = None
    for start, end in sorted(spans):
        if last is not None and min(last, end) - start > SAME_CONNECTION:
            return True
        last = end if last is None else max(last, end)
    return False
