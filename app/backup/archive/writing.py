"""Writing: piece by piece to a file aside, which gets its name when it is whole and on the disk."""

import hashlib
import os
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from app.backup.archive import seal
from app.backup.rules import MANIFEST, Manifest
from app.platform.faults import point

_WAITING = 4
_PACKING = 1
"""Of nine: the least work. Rows become a tenth of their size all the same."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_ABOUT = b"""A backup of Seamwise: `flask backup verify` says whether it is whole, `flask backup restore` brings it
back.
Keys that sign certificates and the secrets of the settings are not in it.
"""


class Writer:
    """The archive while it is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = _Hashing(out)
        self._zip = zipfile.ZipFile(self._out, "w")  # type: ignore[call-overload] # it needs no more
        self._zip.comment = seal.BLANK
        self._zip.writestr(_member(seal.FIRST_MEMBER.decode(), is_packed=False), _ABOUT)

    def add(self, name: str, blocks: Iterable[bytes], *, is_packed: bool = True) -> tuple[int, str]:
        """A member of these blocks; its size and SHA-256. They are packed while the next ones are made."""
        digest, size = hashlib.sha256(), 0
        waiting: deque[Future[None]] = deque()
        entry = self._zip.open(_member(name, is_packed=is_packed), "w", force_zip64=True)
        with entry, ThreadPoolExecutor(1) as behind:
            for block in blocks:
                size += len(block)
                waiting.append(behind.submit(_pack, entry, digest, block))
                if len(waiting) > _WAITING:
                    waiting.popleft().result()
            for last in waiting:
                last.result()
        point("backup.member")
        return size, digest.hexdigest()

    def finish(self, manifest: Manifest) -> str:
        """The manifest, the directory and the seal; answers the hash that the seal says."""
        self._zip.writestr(_member(MANIFEST), manifest.as_bytes())
        self._zip.close()
        return self._out.seal()


@contextmanager
def written(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A new file that becomes `path` when the block ends well, and when it does not, there is none.

    Nobody else may read it: it holds what the database holds.
    """
    aside = path.with_name(f".{path.name}.part")
    aside.unlink(missing_ok=True)  # what a dead one left, or somebody laid there to own what is written
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR, mode)
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        point("backup.written")
        aside.replace(path)
        _sync(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


class _Hashing:
    """A file that is only written to its end, and its hash."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._digest, self._last = out, hashlib.sha256(), b""

    def write(self, data: bytes) -> int:
        if self._out.closed:  # the archive of a disk that was full wants to end properly when it is forgotten
            return len(data)
        self._digest.update(self._last)
        self._out.write(self._last)
        self._last = bytes(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is lost before `seal`."""

    def seal(self) -> str:
        """In place of the blank that was written last."""
        before, blank = self._last[: -seal.LENGTH], self._last[-seal.LENGTH :]
        assert blank == seal.BLANK
        self._digest.update(before)
        self._out.write(before + seal.sealed(self._digest.hexdigest()))
        return self._digest.hexdigest()


def _pack(entry: IO[bytes], digest: "hashlib._Hash", block: bytes) -> None:
    digest.update(block)
    entry.write(block)


def _member(name: str, *, is_packed: bool = True) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _FIRST_DAY)
    made.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    made._compresslevel = _PACKING  # type: ignore[attr-defined] # that of the archive is not for entries told this way
    made.external_attr = 0o600 << 16
    return made


def _sync(path: Path) -> None:
    """See that the disk knows the name of a file, which goes again when it does not: it was a new one."""
    try:
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        path.unlink()
        raise
