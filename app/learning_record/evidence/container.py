"""The ZIP of a pack: members are stored as they are, under one moment and one mode, so that the same members are the
same bytes everywhere - and nothing in such a file can swell, or differ without being noticed. Pure.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

MOST_BYTES = 2**31
MOST_MEMBERS = 60_000
END = "<4s4H2LH"
END_SIZE = struct.calcsize(END)
_VERSION, _UTF8 = 20, 0x800
_MODE = 0o100644 << 16
_UNIX = 3 << 8


class TooLarge(Exception):
    """More than such a file holds."""


@dataclass(frozen=True)
class Place:
    """A member as the directory names it."""

    name: str
    size: int
    crc: int
    offset: int


def local(name: str, size: int, crc: int, day: date) -> bytes:
    """What stands before a member."""
    said = name.encode()
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", _VERSION, _UTF8, 0, 0, _day(day), crc, size, size, len(said), 0)
    return head + said


def directory(places: Iterable[Place], day: date) -> bytes:
    """What stands after the last member."""
    listed = list(places)
    made = b"".join(_central(place, day) for place in listed)
    start = max((_end(place) for place in listed), default=0)
    end = struct.pack(END, b"PK\x05\x06", 0, 0, len(listed), len(listed), len(made), start, 0)
    return made + end


class Writer:
    """Writes members one after another."""

    def __init__(self, out: BinaryIO, day: date) -> None:
        self._out, self._day, self._at = out, day, 0
        self.places: list[Place] = []

    def add(self, name: str, data: bytes) -> None:
        """Raises TooLarge."""
        if self._at + len(data) > MOST_BYTES or len(self.places) >= MOST_MEMBERS:
            raise TooLarge
        place = Place(name, len(data), zlib.crc32(data), self._at)
        self._out.write(local(name, place.size, place.crc, self._day))
        self._out.write(data)
        self.places.append(place)
        self._at = _end(place)

    def close(self) -> None:
        self._out.write(directory(self.places, self._day))


def _central(place: Place, day: date) -> bytes:
    said = place.name.encode()
    head = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", _UNIX | _VERSION, _VERSION, _UTF8, 0, 0, _day(day), place.crc, place.size,
        place.size, len(said), 0, 0, 0, 0, _MODE, place.offset)
    return head + said


def _end(place: Place) -> int:
    return place.offset + 30 + len(place.name.encode()) + place.size


def _day(day: date) -> int:
    """As a ZIP says it: no years before 1980."""
    return max(day.year - 1980, 0) << 9 | day.month << 5 | day.day
