"""A course folder as a ZIP, in and out."""

import io
import zipfile
from collections.abc import Iterator

from app.content.folder import (
    COURSE_FILE,
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    NAME_FAULT,
    PATHWAY_FILE,
    Folder,
    is_safe,
    size_fault,
)
from app.platform.files.archive import Damaged, Flaw, TooManyEntries, content, flaw, opened

MOST_PACKED_BYTES = 30_000_000
_FLAWS = {
    Flaw.LINK: "only plain files are read, no links",
    Flaw.ENCRYPTED: "a password is set",
    Flaw.PACKING: "packed in an unusual way; pack the ZIP with the usual one (deflate)",
}
_TOO_LARGE = f"larger than {MOST_PACKED_BYTES // 1_000_000} MB or more than {MOST_FILES} files"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class ArchiveRefused(Exception):
    """The ZIP is not read at all; the argument says why."""


def from_zip(data: bytes, where: str) -> Folder:
    """The one course in a ZIP: its files at the top, or in one folder. `where` is the name shown in messages.

    No more is unpacked than a course may hold, whatever the directory of the ZIP says. Files with names that lead
    elsewhere are faults of the folder. Raises ArchiveRefused.
    """
    if len(data) > MOST_PACKED_BYTES:
        raise ArchiveRefused(_TOO_LARGE)
    try:
        with opened(data, MOST_FILES * 2) as archive:
            return _folder(archive, where)
    except TooManyEntries:
        raise ArchiveRefused(_TOO_LARGE) from None
    except Damaged as error:
        raise ArchiveRefused("not readable as a ZIP") from error


def to_zip(folder: Folder) -> bytes:
    """The files of a folder in a ZIP, in one folder of its name; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.files):
            archive.writestr(_entry(f"{folder.name}/{path}"), folder.files[path])
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _folder(archive: zipfile.ZipFile, where: str) -> Folder:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
    if sum(entry.file_size for entry in entries) > MOST_BYTES_IN_ALL:
        raise ArchiveRefused(f"larger than {MOST_BYTES_IN_ALL // 1_000_000} MB when unpacked")
    top = _top(entries)
    files: dict[str, bytes] = {}
    faults: list[tuple[str, str]] = []
    for path, entry, fault in _named(entries, top):
        if refused := fault or size_fault(path, entry.file_size, 0, len(files)):
            faults.append((path, refused))
        elif path in files:
            faults.append((path, "stands in the ZIP twice"))
        else:
            files[path] = content(archive, entry)
    return Folder(top.rstrip("/") or None, files, where, tuple(faults))


def _is_clutter(name: str) -> bool:
    """What operating systems put beside the files."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _top(entries: list[zipfile.ZipInfo]) -> str:
    """The one folder around everything, with its slash, or nothing."""
    roots = [
        entry.filename.rpartition("/")[0]
        for entry in entries
        if entry.filename.rpartition("/")[2] in {COURSE_FILE, PATHWAY_FILE}
    ]
    if len(roots) != 1:
        raise ArchiveRefused(f"needs exactly one {COURSE_FILE}, here are {len(roots)}")
    if "/" in roots[0]:
        raise ArchiveRefused(f"{COURSE_FILE} has to lie at the top, or in one folder")
    return f"{roots[0]}/" if roots[0] else ""


def _named(entries: list[zipfile.ZipInfo], top: str) -> Iterator[tuple[str, zipfile.ZipInfo, str | None]]:
    for entry in entries:
        path = entry.filename.removeprefix(top)
        if not entry.filename.startswith(top):
            yield entry.filename[:80], entry, f"lies outside the folder {top}"
        elif not is_safe(path):
            yield path[:80], entry, NAME_FAULT
        else:
            found = flaw(entry)
            yield path, entry, _FLAWS[found] if found else None
