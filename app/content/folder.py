"""The files of one course, wherever they came from: the disk, a ZIP, a draft or a published version."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

COURSE_FILE = "course.yaml"
PATHWAY_FILE = "pathway.yaml"
MEDIA_FOLDER = "media"
COUNTRIES_FOLDER = "countries"
MOST_FILES = 2_000
MOST_BYTES_IN_ALL = 60_000_000
MOST_MEDIA_BYTES = 2_000_000
MOST_BYTES = {".yaml": 256_000, ".md": 64_000, ".gift": 256_000}
"""Largest file of a kind; what has another suffix counts as media."""

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,2}")


@dataclass(frozen=True)
class Folder:
    """Relative path -> bytes. `name` is what the folder is called, None where it came without a name; `where` stands in
    front of the paths in messages. `faults` are (path, what is wrong) of what was not taken in."""

    name: str | None
    files: Mapping[str, bytes]
    where: str = ""
    faults: tuple[tuple[str, str], ...] = field(default=())

    def label(self, path: str = "") -> str:
        """A path as messages show it."""
        return "/".join(part for part in (self.where, path) if part)

    def knows(self, path: str) -> bool:
        """Whether there is such a file, also when it could not be taken in."""
        return path in self.files or any(path == refused for refused, _ in self.faults)

    def with_file(self, path: str, data: bytes | None) -> "Folder":
        """The same folder with one file written, or taken away when `data` is None."""
        files = {name: kept for name, kept in self.files.items() if name != path}
        return Folder(self.name, files if data is None else files | {path: data}, self.where, self.faults)


def is_safe(path: str) -> bool:
    """Whether a relative path may stand in a folder: ASCII names, at most two levels down, nothing hidden."""
    return bool(_SAFE.fullmatch(path)) and len(path) <= 200


def most_bytes(path: str) -> int:
    """How large a file may be."""
    return MOST_BYTES.get(Path(path).suffix, MOST_MEDIA_BYTES)


NAME_FAULT = "a file has a plain name of ASCII letters, digits, dots and hyphens"


def from_disk(path: Path) -> Folder:
    """The folder at a path. Links are not followed, files with other names than a ZIP or a draft can hold and too large
    ones are left where they are; all are faults."""
    files: dict[str, bytes] = {}
    faults: list[tuple[str, str]] = []
    total = 0
    for name, entry, fault in _entries(path, ""):
        size = 0 if fault else entry.stat().st_size
        total += size
        misnamed = None if is_safe(name) else NAME_FAULT
        if refused := fault or misnamed or size_fault(name, size, total, len(files)):
            faults.append((_printable(name), refused))
        else:
            files[name] = entry.read_bytes()
    return Folder(path.resolve().name, files, str(path), tuple(faults))


def _printable(name: str) -> str:
    """A name that no text can hold, with its bytes as numbers."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def size_fault(name: str, size: int, total: int, count: int) -> str | None:
    """Why a file of so many bytes is not taken in, or None. `total` and `count` are of the folder so far."""
    if size > most_bytes(name):
        return f"larger than {most_bytes(name) // 1000} kB"
    if total > MOST_BYTES_IN_ALL or count >= MOST_FILES:
        return f"a course has at most {MOST_FILES} files and {MOST_BYTES_IN_ALL // 1_000_000} MB"
    return None


def _entries(folder: Path, prefix: str) -> Iterator[tuple[str, Path, str | None]]:
    """Every file below a folder as (relative path, place, what is wrong with it)."""
    for entry in sorted(folder.iterdir()):
        name = prefix + entry.name
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            yield name, entry, "only plain files are read, no links"
        elif entry.is_file():
            yield name, entry, None
        elif prefix.count("/") >= 1:
            yield name, entry, "only plain files are read, no folders"
        else:
            yield from _entries(entry, f"{name}/")
