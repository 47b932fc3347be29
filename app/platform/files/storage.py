"""The storage interface and the disk that implements it. A key is the SHA-256 of the content: equal files are one."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

from app.platform.faults import point
from app.platform.files import owners
from app.platform.files.holding import Hold

_ASIDE = ".part"


class FileMissing(Exception):
    """The stored file is gone or was altered; the argument is its key."""


class Storage(Protocol):
    """Keeps bytes under the hash of their content."""

    def put(self, data: bytes) -> str: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...
    def sweep(self, before: datetime) -> int: ...
    def held(self) -> AbstractContextManager["Held"]: ...


class Held(Protocol):
    """The stored files while none of them really goes."""

    def get(self, key: str) -> bytes: ...
    def has(self, key: str) -> bool: ...


class DiskStorage:
    """Files in a folder, written aside, synced and renamed, so that a half-written one never carries a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store and return the key. Storing the same bytes again is harmless; a full disk leaves nothing behind."""
        key = key_of(data)
        path = self.path(key)
        if not path.exists():
            owners.make_folder(path.parent)
            aside = _written_aside(path.parent, data)
            point("files.written")
            aside.replace(path)
            _sync_folder(path.parent)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a key. Raises FileMissing when they are gone or no longer what was stored."""
        return _whole(key, self.path(key))

    def delete(self, key: str) -> None:
        """Forget what a key leads to, for ever. Deleting it again is harmless.

        Equal contents are one file: delete only what no two can have stored.
        """
        Hold(self.folder).remove(self.path(key))

    @contextmanager
    def held(self) -> Iterator[Held]:
        """Within this block every file that is deleted can still be had from what is given here, and from nowhere else.

        For a copy of all that a snapshot of the database refers to: begin this before the snapshot.
        """
        hold = Hold(self.folder)
        with hold.kept():
            yield _HeldOnDisk(self, hold)

    def sweep(self, before: datetime) -> int:
        """Remove what was being written before this moment, by processes that died; answer how many there were."""
        asides = [path for path in self.folder.glob(f"*/*{_ASIDE}") if _changed(path) < before]
        for path in asides:
            path.unlink(missing_ok=True)
        Hold(self.folder).clear()
        return len(asides)

    def path(self, key: str) -> Path:
        """Where the file of a key lies. Raises FileMissing for what is no key."""
        if not _is_key(key):
            raise FileMissing(key)
        return self.folder / key[:2] / key


class _HeldOnDisk:
    def __init__(self, storage: DiskStorage, hold: Hold) -> None:
        self._storage, self._hold = storage, hold

    def get(self, key: str) -> bytes:
        try:
            return self._storage.get(key)
        except FileMissing:
            return _whole(key, self._hold.place(key))

    def has(self, key: str) -> bool:
        """Whether there is such a file; it is not read."""
        return _is_key(key) and (self._storage.path(key).exists() or self._hold.place(key).exists())


def key_of(data: bytes) -> str:
    """The key under which these bytes are stored."""
    return hashlib.sha256(data).hexdigest()


def _is_key(name: str) -> bool:
    return len(name) == 64 and name.isalnum()


def _whole(key: str, path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileMissing(key) from error
    if key_of(data) != key:
        raise FileMissing(key)
    return data


def _written_aside(folder: Path, data: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=_ASIDE, delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            owners.give(aside.fileno(), owners.of(folder))
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
