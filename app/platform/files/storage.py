"""The storage interface and the disk that implements it. A key is the SHA-256 of the content: equal files are one."""

import hashlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

from app.platform.faults import point

_ASIDE = ".part"


class FileMissing(Exception):
    """The stored file is gone or was altered; the argument is its key."""


class Storage(Protocol):
    """Keeps bytes under the hash of their content."""

    def put(self, data: bytes) -> str: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...
    def sweep(self, before: datetime) -> int: ...


class DiskStorage:
    """Files in a folder, written aside, synced and renamed, so that a half-written one never carries a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store and return the key. Storing the same bytes again is harmless; a full disk leaves nothing behind."""
        key = key_of(data)
        path = self._path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = _written_aside(path.parent, data)
            point("files.written")
            aside.replace(path)
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

    def sweep(self, before: datetime) -> int:
        """Remove what was being written before this moment, by processes that died; answer how many there were."""
        asides = [path for path in self.folder.glob(f"*/*{_ASIDE}") if _changed(path) < before]
        for path in asides:
            path.unlink(missing_ok=True)
        return len(asides)

    def _path(self, key: str) -> Path:
        if len(key) != 64 or not key.isalnum():
            raise FileMissing(key)
        return self.folder / key[:2] / key


def key_of(data: bytes) -> str:
    """The key under which these bytes are stored."""
    return hashlib.sha256(data).hexdigest()


def _written_aside(folder: Path, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=_ASIDE, delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
        except OSError:
            Path(aside.name).unlink()
            raise
    return Path(aside.name)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


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
