"""Addresses, keys and lists of open credentials. Pure.

Sources: Open Badges 3.0 (1EdTech, May 2024), Verifiable Credentials Data Model 2.0, Bitstring Status List 1.0 and
Controlled Identifiers 1.0 (W3C, May 2025).
"""

import base64
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.certificates.rules import State

ENTRIES = 131_072
"""Places in a list: the least that the standard allows, so that a place tells nothing about who has it."""
TRIES = 16
"""So many places drawn at random and taken, one after the other, say that a list is full enough: at about six in ten.
So nothing has to be counted, and a place is found within two or three tries."""
LISTS_HOLD = timedelta(days=7)
"""How long a copy of a list may be relied on. A worker may rest over a long weekend without one credential becoming
unverifiable; whoever hides a revocation behind an old copy can do so for a week at most."""
LISTS_ARE_RENEWED = timedelta(days=1)
"""A list is signed again after this time even when nothing changed."""
COPIES_ARE_KEPT = timedelta(minutes=5)
"""How long a verifier may use its copy before it asks again: a revocation is known everywhere after this and a job."""
_ED25519 = b"\xed\x01"
"""What stands before an Ed25519 key in a multikey (multicodec table)."""
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Purpose(StrEnum):
    """What a list says of a credential: revoked and replaced ones for good, suspended ones for now."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class Shape(StrEnum):
    """How a credential is signed: as a compact token, or with its proof inside."""

    JWT = "jwt"
    EMBEDDED = "json"


@dataclass(frozen=True)
class Place:
    """Where in the lists a credential stands: the same place in the list of each purpose."""

    number: int
    position: int


def is_handed_out(state: State) -> bool:
    """Whether the credential of a certificate is given to anybody. An expired one still says something true."""
    return state in {State.VALID, State.EXPIRED}


def issuer(base_url: str) -> str:
    """Our own identifier. It never changes, also when keys do."""
    return f"{base_url}/issuer"


def share_address(base_url: str, code: str) -> str:
    """The page of one certificate for those to whom its holder gives the address, and the credential's own id."""
    return f"{base_url}/c/{code}"


def list_address(base_url: str, number: int, purpose: Purpose) -> str:
    """Where a list is read."""
    return f"{base_url}/credentials/status/{list_name(number, purpose)}"


def list_name(number: int, purpose: Purpose) -> str:
    """As `1-revocation`."""
    return f"{number}-{purpose}"


def parse_list_name(name: str) -> tuple[int, Purpose] | None:
    """What `list_name` was made of, or None when it was not. Exactly one name leads to a list."""
    number, _, purpose = name.partition("-")
    if purpose not in set(Purpose) or not (number.isascii() and number.isdecimal() and len(number) < 7):
        return None
    parsed = int(number), Purpose(purpose)
    return parsed if list_name(*parsed) == name else None


def multikey(public: bytes) -> str:
    """An Ed25519 key of 32 bytes as `z6Mk...`. Raises ValueError for anything else."""
    if len(public) != 32:
        raise ValueError("An Ed25519 key has 32 bytes.")
    return "z" + base58(_ED25519 + public)


def method(issuer_address: str, key: str) -> str:
    """The address of one of our keys: the multikey itself is the fragment, as the validator of 1EdTech expects."""
    return f"{issuer_address}#{key}"


def base58(data: bytes) -> str:
    """Base 58 as Bitcoin writes it (multibase `z` without the z)."""
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return _BASE58[0] * (len(data) - len(data.lstrip(b"\0"))) + text


def base64url(data: bytes) -> str:
    """Base 64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def encoded_list(positions: Iterable[int]) -> str:
    """The bits of a list, set at these positions: the first is the left-most of the first byte. The same positions
    give the same text."""
    bits = bytearray(ENTRIES // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))
