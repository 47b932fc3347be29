"""What a QR code says by itself: the facts of a certificate in few bytes, to be signed and read without network. Pure.

Version 1: one byte 1; four bytes of the key's name; days of issue, expiry, first and last half-day, each as two bytes
since 2000 (0: none); hundredths of hours in two bytes; attended, planned and score in per cent (255: none) in a byte
each; then texts, each with its length in a byte: number, version, language of the local name, local name, Latin name,
course. Of a certificate for a factory the names are those of the factory, its rule stands for the course, and there is
no version. A text is UTF-8, or has one byte a sign where all of them are ASCII or of one block of 128 (most scripts
are).
"""

import hashlib
import struct
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

VERSION = 1
SIGNATURE = 64
"""Bytes of a P-256 signature, r and s as they are."""
KEY = 4
_DAY_ZERO = date(2000, 1, 1)
_HEAD = struct.Struct(">B4sHHHHHBBB")
_NO_SCORE = 255
_UTF8, _ZERO_WIDTH = 0, 0x200A
_SHORTEST = 12
"""Bytes that the names and the course are never cut below."""


class Unreadable(ValueError):
    """These bytes are no payload of a version that is known."""


@dataclass(frozen=True)
class Claims:
    """What the code says; empty text and None are: nothing."""

    number: str
    version: str
    language: str
    local_name: str
    latin_name: str
    course: str
    hours: float
    attended: int
    planned: int
    score: float | None
    issued: date
    valid_until: date | None
    first_day: date | None
    last_day: date | None


def key_id(public: bytes) -> bytes:
    """How a payload names the key (DER of its public half) that signed it."""
    return hashlib.sha256(public).digest()[:KEY]


def public_der(key: ec.EllipticCurvePublicKey) -> bytes:
    """The public half as its name is made of."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.DER, form)


def signed(code: str, payload: bytes) -> bytes:
    """The bytes that are signed: nothing else that the key signs begins like this, and the code is part of it."""
    return b"seamwise/verify/1\0" + code.encode() + b"\0" + payload


def pack(claims: Claims, key: bytes, room: int) -> bytes:
    """The claims in at most `room` bytes, as far as cutting the names and the course can do it."""
    days = (_days(day) for day in (claims.issued, claims.valid_until, claims.first_day, claims.last_day))
    score = _NO_SCORE if claims.score is None else round(claims.score * 100)
    counts = (min(claims.attended, 255), min(claims.planned, 255), score)
    head = _HEAD.pack(VERSION, key, *days, min(round(claims.hours * 100), 0xFFFF), *counts)
    fixed = b"".join(_text(text, 40) for text in (claims.number, claims.version, claims.language))
    long = [claims.local_name, claims.latin_name, claims.course]
    return head + fixed + b"".join(_fitted(long, room - len(head) - len(fixed)))


def unpack(data: bytes) -> tuple[Claims, bytes]:
    """The claims and the name of the key. Raises Unreadable."""
    try:
        version, key, *days, hours, attended, planned, score = _HEAD.unpack_from(data)
        number, edition, language, local, latin, course = _texts(data[_HEAD.size :])
    except (struct.error, UnicodeDecodeError, IndexError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if version != VERSION:
        raise Unreadable(f"version {version}")
    issued, until, first, last = (_day(number) for number in days)
    worth = None if score == _NO_SCORE else score / 100
    return Claims(
        number, edition, language, local, latin, course, hours / 100, attended, planned, worth,
        issued or _DAY_ZERO, until, first, last,
    ), key  # fmt: skip


def write(data: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """The bytes of `write`. Raises Unreadable for any other way to write them."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if write(data) != text:
        raise Unreadable("not as it was written")
    return data


def _fitted(texts: list[str], room: int) -> list[bytes]:
    """The texts with their lengths; the longest is cut until all fit."""
    limits = [255] * len(texts)
    while True:
        packed = [_text(text, limit) for text, limit in zip(texts, limits, strict=True)]
        sizes = [len(each) for each in packed]
        longest = sizes.index(max(sizes))
        if sum(sizes) <= room or sizes[longest] - 1 <= _SHORTEST:
            return packed
        limits[longest] = sizes[longest] - 2


def _text(text: str, most: int) -> bytes:
    """A text with its length, cut between two letters: marks stay with theirs."""
    clean = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isprintable() or _ZERO_WIDTH < ord(sign) <= _ZERO_WIDTH + 3
    )
    coded = _coded(clean)
    while len(coded) > most:
        clean = _shorter(clean)
        coded = _coded(clean)
    return bytes([len(coded)]) + coded


def _shorter(text: str) -> str:
    """Without its last letter and with a sign that something is missing."""
    kept = text.removesuffix("…")
    while kept and (unicodedata.combining(kept[-1]) or unicodedata.category(kept[-1]) in {"Mn", "Mc", "Me", "Cf"}):
        kept = kept[:-1]
    kept = kept[:-1].rstrip()
    while kept and unicodedata.category(kept[-1]) == "Cf":
        kept = kept[:-1]
    return kept + "…" if kept else ""


def _coded(text: str) -> bytes:
    if not text:
        return b""
    blocks = {
        ord(sign) >> 7
        for sign in text
        if ord(sign) > 127 and not _ZERO_WIDTH < ord(sign) <= _ZERO_WIDTH + 3 and sign != "…"
    }
    if len(blocks) > 1 or any(not 0 < block < 256 for block in blocks):
        return bytes([_UTF8]) + text.encode()
    return bytes([*(blocks or {1}), *(_sign(ord(sign)) for sign in text)])


def _sign(number: int) -> int:
    """A sign in its block: 1 to 3 are the joiners without width, 4 is what stands for what was cut."""
    if number < 128:
        return number
    if number == ord("…"):
        return 4
    return number - _ZERO_WIDTH if _ZERO_WIDTH < number <= _ZERO_WIDTH + 3 else 128 | number & 127


def _decoded(coded: bytes) -> str:
    if not coded:
        return ""
    block, signs = coded[0], coded[1:]
    if block == _UTF8:
        return signs.decode()
    return "".join(chr(_point(sign, block)) for sign in signs)


def _point(sign: int, block: int) -> int:
    if sign >= 128:
        return block << 7 | sign & 127
    return ord("…") if sign == 4 else _ZERO_WIDTH + sign if sign < 4 else sign


def _texts(data: bytes) -> list[str]:
    texts, at = [], 0
    while at < len(data):
        end = at + 1 + data[at]
        if end > len(data):
            raise Unreadable("cut off")
        texts.append(_decoded(data[at + 1 : end]))
        at = end
    return texts


def _days(day: date | None) -> int:
    return max(1, (day - _DAY_ZERO).days) if day else 0


def _day(number: int) -> date | None:
    return _DAY_ZERO + timedelta(days=number) if number else None
