"""What becomes of unknown people. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.attendance.rules import Evidence, Flag, Mark

LONGEST = 200
"""Letters of a name, a number or a factory that are kept."""


class GuestState(StrEnum):
    """Whether somebody has said who it is."""

    OPEN = "open"
    FOUND = "found"
    SET_ASIDE = "set_aside"
    """Not one of ours: what was marked stays and counts for nobody."""


@dataclass(frozen=True)
class GuestReceipt:
    """What was taken down for a mark of an unknown person; the same however often the mark is sent."""

    number: int
    mark_id: str
    digest: str
    meeting_id: int
    key: str
    mark: Mark
    evidence: Evidence
    at: datetime
    flag: Flag | None


@dataclass(frozen=True)
class GuestClash:
    """The id was used before for another mark, whose receipt this is. Nothing was taken down."""

    earlier: GuestReceipt


def repeated_id(mark_id: str, person_id: int, revision: int) -> str:
    """The id under which a guest's mark is said again of a person: always the same, so that saying it twice is once.

    `revision` counts how often it was decided who the guest is.
    """
    return hashlib.sha256(f"{mark_id}:{person_id}:{revision}".encode()).hexdigest()[:32]


def plain(text: str) -> str:
    """What somebody typed, in any script, without signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
