"""Whose a file is that root makes: commands may run as root, and the site, which does not, must read and write it."""

import os
from pathlib import Path

Owner = tuple[int, int]


def of(path: Path) -> Owner:
    """User and group of a file or folder, or of the nearest folder above it that is there."""
    while not path.exists():
        path = path.parent
    known = path.stat()
    return known.st_uid, known.st_gid


def give(what: Path | int, owner: Owner) -> None:
    """Let it be theirs, as a path or an open file. Only root can, and nobody else needs to."""
    if os.geteuid() == 0:
        os.chown(what, *owner)


def make_folder(path: Path, mode: int = 0o777, owner: Owner | None = None) -> None:
    """Make a folder, and those above it, for this owner or for whose the nearest one is that is there."""
    if path.is_dir():
        return
    whose = owner or of(path)
    make_folder(path.parent, owner=whose)
    path.mkdir(mode, exist_ok=True)
    give(path, whose)
