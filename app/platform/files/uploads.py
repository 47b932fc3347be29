"""Files that people send, kept until a job has read them and no longer; not a part of what is backed up."""

import os
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from app.platform.files.storage import DiskStorage

_SALT = 16


class Uploads:
    """A folder of sent files. Each upload is a file of its own, so that forgetting one takes nothing from another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = DiskStorage(folder)

    def put(self, data: bytes) -> str:
        """Keep and return the key."""
        return self._storage.put(os.urandom(_SALT) + data)

    def get(self, key: str) -> bytes:
        """What was sent. Raises FileMissing."""
        return self._storage.get(key)[_SALT:]

    def forget(self, key: str) -> None:
        """Remove for good; doing it again is harmless."""
        self._storage.delete(key)

    def forget_older(self, than: datetime) -> int:
        """Remove what nobody came for; answer how many there were."""
        old = [path for path in self.folder.glob("*/*") if datetime.fromtimestamp(path.stat().st_mtime, UTC) < than]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def uploads() -> Uploads:
    """The uploads of this app."""
    found: Uploads = current_app.extensions["uploads"]
    return found
