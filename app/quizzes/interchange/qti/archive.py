"""The ZIP around a package: names and sizes are judged from its directory before anything is unpacked."""

import io
import stat
import zipfile
import zlib

from app.quizzes.interchange.markup import Unreadable

_ENTRY = b"PK\x01\x02"
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Of the others zipfile unpacks more than it was asked for."""
MOST_FILES = 2_000
MOST_UNPACKED = 20_000_000


def is_zip(data: bytes) -> bool:
    """Whether a file begins as a ZIP does; no text may hold what stands there."""
    return data[:4] in _BEGINNINGS


def unpack(data: bytes) -> dict[str, bytes]:
    """The XML files by name; other files by name alone, without their bytes.

    Raises Unreadable: archive_damaged, archive_packing, archive_unsafe, file_too_large.
    """
    if data.count(_ENTRY) > MOST_FILES:
        raise Unreadable(1, "file_too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            return {entry.filename: _part(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable(1, "archive_damaged") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(1, "file_too_large")
    seen: set[str] = set()
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        leads_out = not parts[0] or ".." in parts or ":" in parts[0]
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if leads_out or is_link or entry.filename in seen or entry.flag_bits & _ENCRYPTED:
            raise Unreadable(1, "archive_unsafe", entry.filename[:60])
        if entry.compress_type not in _PACKINGS:
            raise Unreadable(1, "archive_packing", entry.filename[:60])
        seen.add(entry.filename)


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the directory says: asked for everything, zipfile would unpack what is really there first."""
    if not entry.filename.lower().endswith(".xml"):
        return b""
    with archive.open(entry) as part:
        return part.read(entry.file_size)
