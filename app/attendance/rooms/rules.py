"""How long a factory room was connected, when its people are checked in, and whom the trainer looks at. Pure."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OPENS_BEFORE = timedelta(minutes=30)
"""How long before a half-day starts a factory can check its people in."""
STAYS_OPEN = timedelta(hours=12)
"""How long after the end it still can."""


class Source(StrEnum):
    """Who says that a room was connected. The best one that says anything counts alone."""

    rank: int

    def __new__(cls, value: str, rank: int) -> "Source":
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = rank
        return member

    DECLARED = "declared", 0
    """The focal point: we are connected, we lost the line."""
    DOOR = "door", 1
    """Our own link into the room of the meeting provider was used."""
    REPORT = "report", 2
    """The file of the meeting provider."""


@dataclass(frozen=True)
class Interval:
    """From one moment to another. `left_at` None: it was not seen to end."""

    joined_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Connection:
    """How long a room was connected in a half-day, whole minutes, and who says so."""

    source: Source
    minutes: int
    is_open: bool
    """Whether it is connected now, as far as anybody says."""


def is_open(starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether a factory can check its people in at this moment."""
    return starts_at - OPENS_BEFORE <= at <= ends_at + STAYS_OPEN


def connection(
    known: Mapping[Source, Sequence[Interval]], starts_at: datetime, ends_at: datetime, at: datetime
) -> Connection | None:
    """What the best source says, merged: never longer than the half-day, and never in the future. None: nobody says.

    Who says something of the half-day itself knows better than who only tried the line before.
    """
    said = [source for source, intervals in known.items() if intervals]
    if not said:
        return None

    def weight(source: Source) -> tuple[bool, int]:
        is_about = any(each.left_at is None or each.left_at > starts_at for each in known[source])
        return is_about, source.rank

    best = max(said, key=weight)
    until = min(ends_at, at)
    inside = merged((max(each.joined_at, starts_at), min(each.left_at or until, until)) for each in known[best])
    minutes = int(sum(((end - start) for start, end in inside), timedelta()).total_seconds() // 60)
    return Connection(best, minutes, at < ends_at and any(each.left_at is None for each in known[best]))


def merged(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Spans of time in order, those that touch or overlap made one; what ends before it begins is none."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def sample(people: Iterable[int], number: int, secret: str, *about: object) -> list[int]:
    """A few of these people, as good as drawn by lot, and always the same for the same `about`: whoever does not know
    the secret cannot say beforehand who it will be.
    """
    def draw(person_id: int) -> bytes:
        text = ":".join(map(str, ("spot-check", *about, person_id)))
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()

    return sorted(set(people), key=draw)[:number]
