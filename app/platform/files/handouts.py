"""Files that are made for one person to fetch within a day; not a part of what is backed up.

Each has a name of its own that nobody can guess, so that forgetting one takes nothing from anybody else, and one that a
killed process left behind goes by its age.
"""

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from app.platform.faults import point
from app.platform.files.storage import FileMissing

_UNFINISHED = "."


class Handouts:
    """A folder of made files. They are written and read piece by piece: none is ever whole in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, write: Callable[[BinaryIO], object]) -> str:
        """Keep what `write` writes to the file it is given; answers the key. When it fails, nothing stays behind."""
        key = secrets.token_hex(16)
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{_UNFINISHED}{key}"
        try:
            with aside.open("w+b") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            point("files.written")
            aside.replace(self.folder / key)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        return key

    def opened(self, key: str) -> tuple[BinaryIO, int]:
        """The file, to be read piece by piece, and its size in bytes. Raises FileMissing."""
        if not key.isalnum():
            raise FileMissing(key)
        try:
            found = (self.folder / key).open("rb")
        except OSError as error:
            raise FileMissing(key) from error
        return found, os.fstat(found.fileno()).st_size

    def size(self, key: str) -> int:
        """Bytes of the file."""
        return (self.folder / key).stat().st_size

    def forget(self, key: str) -> None:
        """Remove for good; doing it again is harmless."""
        (self.folder / key).unlink(missing_ok=True)

    def forget_older(self, than: datetime) -> int:
        """Remove what is older than a moment, finished or not; answer how many there were."""
        old = [path for path in self.folder.glob("*") if datetime.fromtimestamp(path.stat().st_mtime, UTC) < than]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def handouts() -> Handouts:
    """The handouts of this app."""
    found: Handouts = current_app.extensions["handouts"]
    return found
