"""The short code of a training session, which people read from a board and type on a phone."""

import unicodedata
from collections.abc import Callable, Sequence

ALPHABET = "34679ACDEFGHJKMNPRTUWXY"
"""Without 0 O Q, 1 I L, 2 Z, 5 S, 8 B and V: what a hand or a weak screen makes alike."""
LENGTH = 6


def draw_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A new code; `choose` picks one of a sequence, in the product `secrets.choice`."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def normal_code(text: str) -> str:
    """What was typed, as codes are stored: capitals, ASCII digits, no spaces or hyphens."""
    folded = unicodedata.normalize("NFKC", text).upper()
    signs = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)
    return "".join(sign for sign in signs if sign.isalnum())
