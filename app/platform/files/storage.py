"""The storage interface and the disk that implements it. A key is the SHA-256 of the content: equal files are one."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from flask import current_app

from app.platform.faults import point


class FileMissing(Exception):
    """The stored file is gone or was altered; the argument is its key."""


class Storage(Protocol):
    """Keeps bytes under the hash of their content."""

    def put(self, data: bytes) -> str: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...


class DiskStorage:
    """Files in a folder, written aside, synced and renamed, so that a half-written one never carries a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store and return the key. Storing the same bytes again is harmless."""
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
                aside.write(data)
                aside.flush()
                os.fsync(aside.fileno())
            point("files.written")
            Path(aside.name).replace(path)
            _sync_folder(path.parent)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a key. Raises FileMissing when they are gone or no longer what was stored."""
        try:
            data = self._path(key).read_bytes()
        except OSError as error:
            raise FileMissing(key) from error
        if hashlib.sha256(data).hexdigest() != key:
            raise FileMissing(key)
        return data

    def delete(self, key: str) -> None:
        """Forget what a key leads to, for ever. Deleting it again is harmless.

        Equal contents are one file: delete only what no two can have stored.
        """
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if len(key) != 64 or not key.isalnum():
            raise FileMissing(key)
        return self.folder / key[:2] / key


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files() -> Storage:
    """The storage of this app."""
    storage: Storage = current_app.extensions["files"]
    return storage
