"""Drawing a sample that anybody can draw again, and what it found. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_SESSIONS, MOST_PEOPLE = 20, 50


class Found(StrEnum):
    """What the visit says of a session or person of the sample."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    """Somebody was asked, and it was not so."""
    NOT_FOUND = "not_found"
    """Nobody who could say was there."""


def drawn(ids: Iterable[int], most: int, seed: str) -> list[int]:
    """So many of these, by chance: each is as likely as the others. The same ids and seed give the same sample, on
    every machine and for ever.
    """
    return sorted(sorted(set(ids), key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).digest())[:most])


@dataclass(frozen=True)
class Share:
    """Of so many that the visit could check, so many were confirmed; `not_found` could not be checked."""

    confirmed: int = 0
    not_confirmed: int = 0
    not_found: int = 0

    @property
    def checked(self) -> int:
        return self.confirmed + self.not_confirmed

    @property
    def share(self) -> float | None:
        """None where nothing could be checked: that says nothing, and is not shown as nought."""
        return self.confirmed / self.checked if self.checked else None

    def __add__(self, more: "Share") -> "Share":
        return Share(
            self.confirmed + more.confirmed, self.not_confirmed + more.not_confirmed, self.not_found + more.not_found
        )


def share_of(found: Iterable[Found]) -> Share:
    """What the visit said, counted."""
    said = list(found)
    return Share(said.count(Found.CONFIRMED), said.count(Found.NOT_CONFIRMED), said.count(Found.NOT_FOUND))
