"""Spans of time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_INSTANT = timedelta(microseconds=1)


class Span(Protocol):
    """From a moment until another, which is no longer part of it."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def overlap(one: Span, other: Span) -> bool:
    """Whether both go on at the same moment. One that begins when the other ends does not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def minutes_between(one: Span, other: Span) -> float:
    """From the end of the earlier to the start of the later, below 0 when they overlap."""
    gap = max(one.starts_at, other.starts_at) - min(one.ends_at, other.ends_at)
    return gap / timedelta(minutes=1)


def days_of(span: Span, zone: str) -> list[date]:
    """The days of the calendar of a zone that a span touches: the same moment is another day elsewhere."""
    place = ZoneInfo(zone)
    first = span.starts_at.astimezone(place).date()
    last = (span.ends_at - _INSTANT).astimezone(place).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def touches(span: Span, zone: str, day: date, starts: time, ends: time) -> bool:
    """Whether a span overlaps a time of the wall on a day of a zone."""
    place = ZoneInfo(zone)
    begins, finishes = (datetime.combine(day, each, place).astimezone(UTC) for each in (starts, ends))
    return span.starts_at < finishes and begins < span.ends_at
