"""The codes that people scan. Pure.

A code says by itself which half-day and site it stands for and - on the trainer's screen - in which half minute it was
shown, sealed with the key of the site: nobody can read, guess or alter it, and no process has to remember it. The first
ten bytes prove the rest and hide it, as in SIV: equal things give equal codes, and others have nothing in common.
"""

import base64
import hmac
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from app.sessions.rules.codes import ALPHABET, normal_code

SLOT = timedelta(seconds=30)
"""How long one code stands on the screen."""
LIVES = 2 * SLOT
"""From when a code appears until it opens nothing any more: while it and the one after it are shown."""
SHORT_LENGTH = 8
_PROOF = 10  # bytes: 80 bits
_BODY = struct.Struct(">BIII")


class PlaceKind(IntEnum):
    """What a code stands for."""

    SCREEN = 1
    """A half-day and a site, in one half minute."""
    SITE = 2
    """A site of one training session, on paper."""
    ROOM = 3
    """A room of the register, on paper: whatever is held in it."""


@dataclass(frozen=True)
class Place:
    """`thing_id` is that of the half-day, of the site or of the room; `site_id` and `slot` belong to a screen."""

    kind: PlaceKind
    thing_id: int
    site_id: int = 0
    slot: int = 0


class Age(StrEnum):
    """Whether a code is still good."""

    FRESH = "fresh"
    OLD = "old"


def slot_at(moment: datetime) -> int:
    """The half minute in which a moment lies."""
    return int(moment.timestamp()) // int(SLOT.total_seconds())


def age(place: Place, moment: datetime) -> Age:
    """A code on paper does not grow old. One of a screen is good in its own half minute and in the one after it."""
    if place.kind is not PlaceKind.SCREEN or slot_at(moment) - place.slot in {0, 1}:
        return Age.FRESH
    return Age.OLD


def seal(place: Place, key: str) -> str:
    """The code of a place: 37 small letters and digits, of which 80 bits prove the rest."""
    body = _BODY.pack(place.kind, place.thing_id, place.site_id, place.slot)
    proof = _keyed(key, "proof", body)[:_PROOF]
    return base64.b32encode(proof + _masked(body, proof, key)).decode().rstrip("=").lower()


def read(code: str, keys: Iterable[str]) -> Place | None:
    """What a code stands for that any of these keys sealed, or None."""
    raw = _bytes(code)
    if raw is None:
        return None
    for key in keys:
        proof, body = raw[:_PROOF], _masked(raw[_PROOF:], raw[:_PROOF], key)
        if hmac.compare_digest(proof, _keyed(key, "proof", body)[:_PROOF]):
            kind, thing_id, site_id, slot = _BODY.unpack(body)
            return Place(PlaceKind(kind), thing_id, site_id, slot)
    return None


def short(place: Place, key: str) -> str:
    """The code of a screen for somebody who types it: eight signs, good as long as the code itself. 36 bits are enough
    where tries are counted and a code lives for a minute.
    """
    number = int.from_bytes(_keyed(key, "short", _BODY.pack(place.kind, place.thing_id, place.site_id, place.slot)))
    signs = []
    for _sign in range(SHORT_LENGTH):
        number, left = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[left])
    return "".join(signs)


def is_short(text: str) -> bool:
    """Whether this is the form of a code that somebody types."""
    typed = normal_code(text)
    return len(typed) == SHORT_LENGTH and set(typed) <= set(ALPHABET)


def _bytes(code: str) -> bytes | None:
    size = _PROOF + _BODY.size
    try:
        raw = base64.b32decode(code.upper() + "=" * (-len(code) % 8))
    except ValueError:
        return None
    return raw if len(raw) == size and base64.b32encode(raw).decode().rstrip("=") == code.upper() else None


def _masked(body: bytes, proof: bytes, key: str) -> bytes:
    mask = _keyed(key, "mask", proof)[: len(body)]
    return bytes(one ^ other for one, other in zip(body, mask, strict=True))


def _keyed(key: str, purpose: str, data: bytes) -> bytes:
    return hmac.digest(key.encode(), f"check-in {purpose}:".encode() + data, "sha256")
