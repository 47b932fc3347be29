"""What the codes on a sheet say, and what a signature says. Pure."""

import base64
import binascii
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.attendance.rules import Mark

_SAYS = struct.Struct(">BII")
_SEAL = 7
_LENGTH = 22
_THERE = {Mark.PRESENT, Mark.LATE, Mark.PARTIAL}


class Printed(IntEnum):
    """What a code on a sheet stands for."""

    SHEET = 0
    ROW = 1


@dataclass(frozen=True)
class Reference:
    """A half-day, and one of its sites or seats: numbers that say nothing to whoever may not see them."""

    printed: Printed
    meeting_id: int
    thing_id: int


def token(reference: Reference, key: str) -> str:
    """The text of a code: 22 letters that only the holder of the secret key can make. Whoever has them may do nothing
    yet; the seal only keeps what was printed here from what others print.
    """
    said = _SAYS.pack(reference.printed, reference.meeting_id, reference.thing_id)
    return base64.urlsafe_b64encode(said + _seal(said, key)).decode().rstrip("=")


def reference_of(text: str, keys: Sequence[str]) -> Reference | None:
    """What a code stands for that was made with any of the keys; None for everything else."""
    try:
        raw = base64.b64decode(text.encode() + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    said, seal = raw[: _SAYS.size], raw[_SAYS.size :]
    if len(text) != _LENGTH or not any(hmac.compare_digest(_seal(said, key), seal) for key in keys):
        return None
    printed, meeting_id, thing_id = _SAYS.unpack(said)
    return Reference(Printed(printed), meeting_id, thing_id)


def signed_mark(has_signed: bool, now: Mark | None) -> Mark:
    """What a sheet says of somebody who has this mark: it tells who was there, and not from when to when.

    So it bears out a mark that says the same, and speaks against one that does not.
    """
    if now is not None and says_signed(now) is has_signed:
        return now
    return Mark.PRESENT if has_signed else Mark.ABSENT


def says_signed(mark: Mark) -> bool:
    """What a mark that was ticked from a sheet said of the signature."""
    return mark in _THERE


def sheet_marker(meeting_id: int) -> str:
    """The sheets of a half-day, as the log of marks names who says something: one witness, whoever ticks from them."""
    return f"sheet:{meeting_id}"


def _seal(said: bytes, key: str) -> bytes:
    return hmac.new(key.encode(), b"sign-in-sheet:" + said, "sha256").digest()[:_SEAL]
