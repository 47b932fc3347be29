"""What is different between two states of a course, file by file."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.content.folder import Folder
from app.content.places import FileKind, place_of

_MOST_LINES = 8_000
"""Of both states together; looking for what is equal in more of them can take minutes."""


class Change(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs. `lines` begin with a space, + or -, or are `@@` marks; empty for pictures and sound."""

    path: str
    change: Change
    lines: tuple[str, ...]


def differences(old: Folder, new: Folder) -> list[FileChange]:
    """The files that differ, by path. Line ends do not count."""
    return list(_differences(old, new))


def _differences(old: Folder, new: Folder) -> Iterator[FileChange]:
    for path in sorted({*old.files, *new.files}):
        before, after = old.files.get(path), new.files.get(path)
        if before is None:
            yield FileChange(path, Change.ADDED, _lines(path, b"", after or b""))
        elif after is None:
            yield FileChange(path, Change.REMOVED, _lines(path, before, b""))
        elif before.replace(b"\r\n", b"\n") != after.replace(b"\r\n", b"\n"):
            yield FileChange(path, Change.CHANGED, _lines(path, before, after))


def _lines(path: str, before: bytes, after: bytes) -> tuple[str, ...]:
    place = place_of(path)
    if place is None or place.kind is FileKind.MEDIA:
        return ()
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    if old and new and len(old) + len(new) > _MOST_LINES:
        return ("@@ too many lines to compare @@", *(f"-{line}" for line in old), *(f"+{line}" for line in new))
    return tuple(difflib.unified_diff(old, new, lineterm="", n=2))[2:]
