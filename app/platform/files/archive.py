"""ZIPs that strangers send: judged by their directory, and never unpacked beyond what it says."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class TooManyEntries(Exception):
    """The directory of the ZIP is longer than allowed; nothing of it was read."""


class Damaged(Exception):
    """The ZIP, or something in it, cannot be read."""


class Flaw(StrEnum):
    """Why an entry is never unpacked."""

    LINK = "link"
    ENCRYPTED = "encrypted"
    PACKING = "packing"
    """Of all packings but the two usual ones zipfile unpacks more than it was asked for."""


@contextmanager
def opened(data: bytes, most_entries: int) -> Iterator[zipfile.ZipFile]:
    """The ZIP in `data`. Raises TooManyEntries; Damaged also for what cannot be read inside the `with`."""
    if data.count(_ENTRY) > most_entries:
        raise TooManyEntries
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except _BROKEN as error:
        raise Damaged from error


def flaw(entry: zipfile.ZipInfo) -> Flaw | None:
    """What keeps an entry from being unpacked, if anything."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Flaw.LINK
    if entry.flag_bits & _ENCRYPTED:
        return Flaw.ENCRYPTED
    return None if entry.compress_type in _PACKINGS else Flaw.PACKING


def content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the directory says: asked for everything, zipfile would unpack what is really there first."""
    with archive.open(entry) as packed:
        return packed.read(entry.file_size)
