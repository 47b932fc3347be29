"""What a route says when it needs no permission."""

from enum import Enum, auto


class Everybody(Enum):
    """`PUBLIC`: anyone at all. `SIGNED_IN`: whoever is signed in, whatever their role."""

    PUBLIC = auto()
    SIGNED_IN = auto()


PUBLIC, SIGNED_IN = Everybody.PUBLIC, Everybody.SIGNED_IN
