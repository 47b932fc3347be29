"""What is packed, how much of it, and for how long it is handed out. Pure."""

import errno
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.certificates.rules import State

LIFE = timedelta(hours=24)
"""How long a made file can be fetched, and how long an order may take."""
MOST = 10_000
"""Certificates of one bundle: so many are packed in a few minutes; the job says after each step that it goes on."""
MOST_OWN = 50
"""Certificates of one person that are packed at once."""
MOST_OPEN = 5
"""Bundles of one account that are being made at the same time."""
STEP = 100
"""After so many certificates the progress is noted. A printed file holds so many sheets."""
LONGEST = 100
"""Letters of a search that are looked at."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk says that is full, or full for this user."""
IN_FORCE = "in_force"
"""Beside the states: all that are neither revoked nor replaced."""


class BundleKind(StrEnum):
    """What is made of the certificates: one file of each in a ZIP, or one paper of all to be printed."""

    ZIP = "zip"
    PRINT = "print"


class Failure(StrEnum):
    """Why a bundle was not made."""

    NO_ROOM = "no_room"
    """The disk is full."""
    NOTHING = "nothing"
    """All of it was revoked before it was printed."""
    GIVEN_UP = "given_up"
    """It was not finished within its day."""


@dataclass(frozen=True)
class Wanted:
    """Which certificates: what the address of the list asks for. Empty is: whichever."""

    words: str = ""
    factory: str = ""
    """Its code."""
    training: int | None = None
    course: str = ""
    """Its code."""
    line: str = ""
    """Its name at the time."""
    state: str = ""
    """A state, or `in_force`."""
    since: date | None = None
    until: date | None = None
    """Printed days of issue, both included."""

    def address(self) -> dict[str, str]:
        """As the address of the list says it."""
        said = {
            "q": self.words, "factory": self.factory, "training": self.training, "course": self.course,
            "line": self.line, "state": self.state, "since": self.since, "until": self.until,
        }  # fmt: skip
        return {name: str(value) for name, value in said.items() if value}

    def kept(self) -> dict[str, Any]:
        """As an order keeps it: codes and days, not the words, which may be somebody's name."""
        return {name: value for name, value in self.address().items() if name != "q"}


def state_of(text: str) -> str:
    """A state that can be asked for, else all."""
    return text if text in {*State, IN_FORCE} else ""


def same(account_id: int, kind: BundleKind, language: str, certificates: Sequence[int]) -> str:
    """What two equal orders have in common."""
    return hashlib.sha256(json.dumps([account_id, kind, language, list(certificates)]).encode()).hexdigest()


def name_of(kind: BundleKind, number: int, kept: Mapping[str, Any], *, part: int = 1, parts: int = 1) -> str:
    """The name of a made file, by which its owner recognises it among other downloads."""
    where = kept.get("factory") or kept.get("course") or (f"session-{kept['training']}" if "training" in kept else "")
    words = ["certificates", where, str(number), f"part-{part}" if parts > 1 else ""]
    return "-".join(word for word in words if word) + (".zip" if kind is BundleKind.ZIP else ".pdf")
