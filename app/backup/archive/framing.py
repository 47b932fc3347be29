"""Stored files in one member: a line with the hash and the size of each, then its bytes."""

import re
from collections.abc import Iterable, Iterator
from typing import IO

from app.backup.rules import NotValid
from app.platform.files import key_of

LARGEST = 512 * 1024 * 1024
_HEAD = re.compile(rb"([0-9a-f]{64}) ([0-9]{1,9})\n")
_LONGEST_HEAD = 64 + 1 + 9 + 1


def framed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The blocks of the member."""
    for key, data in files:
        yield b"%s %d\n" % (key.encode(), len(data))
        yield data


def unframed(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Keys and files. Raises NotValid for a file that has not the hash that is its key."""
    while head := stream.readline(_LONGEST_HEAD):
        found = _HEAD.fullmatch(head)
        if not found or int(found[2]) > LARGEST:
            raise NotValid("Its stored files cannot be told apart.")
        data, size = stream.read(int(found[2])), int(found[2])
        if len(data) != size or key_of(data) != found[1].decode():
            raise NotValid(f"The stored file {found[1].decode()} is not what was stored.")
        yield found[1].decode(), data
