"""The last bytes of the file: the SHA-256 of all before them. It shows damage, not who made the file."""

import hashlib
import re
from typing import BinaryIO

from app.backup.rules import NotValid, Unreadable

_BEGINS = b"seamwise backup sha256="
LENGTH = len(_BEGINS) + 64
BLANK = b" " * LENGTH
_SEAL = re.compile(re.escape(_BEGINS) + rb"[0-9a-f]{64}")
_PIECE = 1024 * 1024
_FIRST_BYTES = b"PK\x03\x04"
FIRST_MEMBER = b"SEAMWISE"


def sealed(digest: str) -> bytes:
    """The seal for a file with this hash."""
    return _BEGINS + digest.encode()


def check(file: BinaryIO) -> str:
    """The hash of a whole file. Raises Unreadable for what is no backup, NotValid for one that is not whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LENGTH))
    seal = file.read()
    file.seek(0)
    if not _SEAL.fullmatch(seal):
        if _begins_as_ours(file):
            raise NotValid("Its end is missing or damaged: the file was cut off.")
        raise Unreadable("It is no backup of Seamwise.")
    digest, left = hashlib.sha256(), size - LENGTH
    file.seek(0)
    while left:
        piece = file.read(min(_PIECE, left))
        if not piece:
            raise NotValid("It became shorter while it was read.")
        digest.update(piece)
        left -= len(piece)
    file.seek(0)
    if sealed(digest.hexdigest()) != seal:
        raise NotValid("Bytes of it were changed or lost: it does not have the hash that stands at its end.")
    return digest.hexdigest()


def _begins_as_ours(file: BinaryIO) -> bool:
    first = file.read(30 + len(FIRST_MEMBER))
    return first.startswith(_FIRST_BYTES) and first.endswith(FIRST_MEMBER)
