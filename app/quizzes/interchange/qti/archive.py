"""The ZIP around a package: names and sizes are judged from its directory before anything is unpacked."""

import zipfile

from app.platform.files.archive import Damaged, Flaw, TooManyEntries, content, flaw, opened
from app.quizzes.interchange.markup import Unreadable

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_FILES = 2_000
MOST_UNPACKED = 20_000_000


def is_zip(data: bytes) -> bool:
    """Whether a file begins as a ZIP does; no text may hold what stands there."""
    return data[:4] in _BEGINNINGS


def unpack(data: bytes) -> dict[str, bytes]:
    """The XML files by name; other files by name alone, without their bytes.

    Raises Unreadable: archive_damaged, archive_packing, archive_unsafe, file_too_large.
    """
    try:
        with opened(data, MOST_FILES) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            return {entry.filename: content(archive, entry) if _is_xml(entry) else b"" for entry in entries}
    except TooManyEntries:
        raise Unreadable(1, "file_too_large") from None
    except Damaged as error:
        raise Unreadable(1, "archive_damaged") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(1, "file_too_large")
    seen: set[str] = set()
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        leads_out = not parts[0] or ".." in parts or ":" in parts[0]
        found = flaw(entry)
        if leads_out or entry.filename in seen or found in {Flaw.LINK, Flaw.ENCRYPTED}:
            raise Unreadable(1, "archive_unsafe", entry.filename[:60])
        if found is Flaw.PACKING:
            raise Unreadable(1, "archive_packing", entry.filename[:60])
        seen.add(entry.filename)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith(".xml")
