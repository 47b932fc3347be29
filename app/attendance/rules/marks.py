"""What marks there are, and how they are known. Pure."""

import re
from enum import StrEnum
from secrets import token_hex

_MARK_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Mark(StrEnum):
    """Attendance of one person at one meeting."""

    PRESENT = "present"
    LATE = "late"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def counts(self) -> bool:
        """Whether the half-day counts as attended. Late counts; partial does not."""
        return self in {Mark.PRESENT, Mark.LATE}


class Evidence(StrEnum):
    """How a mark is known. The stronger one counts where two that did not know of each other say different things."""

    strength: int

    def __new__(cls, value: str, strength: int) -> "Evidence":
        member = str.__new__(cls, value)
        member._value_ = value
        member.strength = strength
        return member

    AUTOMATIC = "automatic", 0
    """Nobody was marked when the roll call was closed: no more than a filler, which any word of a person replaces."""
    SELF_CHECK_IN = "self_check_in", 1
    """The person did it, with the code on the screen or in the room."""
    ROOM_JOIN = "room_join", 1
    """The focal point of a factory room said so: declared by the factory itself."""
    PROVIDER_REPORT = "provider_report", 2
    SIGNED_SHEET = "signed_sheet", 2
    CARD = "card", 3
    """The trainer's camera read the person's own card."""
    ROLL_CALL = "roll_call", 3
    SPOT_CHECK = "spot_check", 3
    """The trainer saw somebody whom a factory room had declared."""
    CORRECTION = "correction", 4

    @property
    def is_self_declared(self) -> bool:
        """Whether nobody of the programme has seen it."""
        return self.strength == 1


def is_mark_id(text: str) -> bool:
    """Whether this is the number of a mark: 128 bits as 32 small hexadecimal digits."""
    return bool(_MARK_ID.fullmatch(text))


def new_mark_id() -> str:
    """128 random bits: every form that is shown has its own, so that sending it twice is one mark."""
    return token_hex(16)
