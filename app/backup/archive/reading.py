"""Reading: nothing of a file is used before all of it was judged, and nothing is ever whole in memory."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from app.backup import rules
from app.backup.archive import seal
from app.backup.archive.framing import unframed
from app.backup.rules import FILES, MANIFEST, Content, Manifest, NotValid, Table, Unreadable
from app.platform.files.archive import flaw

LONGEST_LINE = 128 * 1024 * 1024
_MOST_MEMBERS = 2000
_DIRECTORY_ENTRY = b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
_DAMAGED = "It is damaged inside."


class Archive:
    """An archive whose seal holds. Call `check` before anything of it is used."""

    def __init__(self, packed: zipfile.ZipFile, digest: str) -> None:
        self._zip, self.digest = packed, digest
        self.manifest = self._manifest()
        self.stored: set[str] = set()
        """The keys of its stored files, once it was checked."""

    def check(self) -> None:
        """Read all of it once: every member is what the manifest says. Raises NotValid."""
        for name, said in self.manifest.members.items():
            with self._opened(name, said) as stream:
                count = self._count_files(stream) if name == FILES else sum(1 for _ in _lines(stream))
                if count != said.count:
                    raise NotValid(f"{name} has {count} entries instead of {said.count}.")

    def _count_files(self, stream: IO[bytes]) -> int:
        count = 0
        for key, _ in unframed(stream):
            if key in self.stored:
                raise NotValid(f"The stored file {key} is in it twice.")
            self.stored.add(key)
            count += 1
        return count

    def lines(self, table: Table) -> Iterator[bytes]:
        """The lines of a table, one after the other."""
        with self._opened(table.member, self.manifest.members[table.member]) as stream:
            yield from _lines(stream)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Keys and stored files, one after the other."""
        with self._opened(FILES, self.manifest.files) as stream:
            yield from unframed(stream)

    def _manifest(self) -> Manifest:
        entries = self._zip.infolist()
        for entry in entries:
            if flaw(entry):
                raise NotValid(f"Its entry {entry.filename[:80]!r} is packed in a way that is never read.")
        if sum(entry.compress_size for entry in entries) > self._size():
            raise NotValid("Its entries lie over one another.")
        try:
            with self._zip.open(MANIFEST) as stream:
                found = stream.read(rules.LARGEST_MANIFEST + 1)
        except KeyError as error:
            raise Unreadable("It is no backup of Seamwise: it has no list of contents.") from error
        if len(found) > rules.LARGEST_MANIFEST:
            raise NotValid("Its list of contents is too long.")
        manifest = rules.read_manifest(found)
        expected = {seal.FIRST_MEMBER.decode(), MANIFEST, *manifest.members}
        if odd := sorted({entry.filename for entry in entries} ^ expected) or len(entries) != len(expected):
            raise NotValid(f"Its entries are not those of its list: {odd}."[:300])
        return manifest

    def _size(self) -> int:
        file = self._zip.fp
        assert file is not None
        return file.seek(0, 2)

    @contextmanager
    def _opened(self, name: str, said: Content) -> Iterator[IO[bytes]]:
        """Whatever fails while it is read says that the archive is damaged; what fails elsewhere does not."""
        try:
            with self._zip.open(name) as member:
                stream = _Judged(member, name, said)
                yield stream  # type: ignore[misc] # it reads, which is all that is asked of it
                stream.end()
        except _BROKEN as error:
            raise NotValid(_DAMAGED) from error


class _Judged:
    """A member that is read: never beyond the size that the manifest says, and with its hash."""

    def __init__(self, member: IO[bytes], name: str, said: Content) -> None:
        self._member, self._name, self._said = member, name, said
        self._digest, self._size = hashlib.sha256(), 0

    def read(self, size: int) -> bytes:
        return self._noted(self._member.read(size))

    def readline(self, limit: int) -> bytes:
        return self._noted(self._member.readline(limit))

    def end(self) -> None:
        if self._member.read(1) or self._size != self._said.size or self._digest.hexdigest() != self._said.sha256:
            raise NotValid(f"{self._name} is not what the list of contents says.")

    def _noted(self, piece: bytes) -> bytes:
        self._digest.update(piece)
        self._size += len(piece)
        if self._size > self._said.size:
            raise NotValid(f"{self._name} is longer than the list of contents says.")
        return piece


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise NotValid("A line is too long or has no end.")
        yield line


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at a path. Raises Unreadable and NotValid, also for what cannot be read inside the `with`."""
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(f"{path} is no file.")
        with path.open("rb") as file:
            digest = seal.check(file)
            with zipfile.ZipFile(_few_members(file)) as packed:
                yield _read(packed, digest)
    except zipfile.BadZipFile as error:
        raise NotValid(_DAMAGED) from error
    except OSError as error:
        if error.filename != str(path):
            raise
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error


def _read(packed: zipfile.ZipFile, digest: str) -> Archive:
    try:
        return Archive(packed, digest)
    except _BROKEN as error:
        raise NotValid(_DAMAGED) from error


def _few_members(file: BinaryIO) -> BinaryIO:
    """The file, unless its directory is longer than any of ours: it would be read into memory as a whole."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _MOST_MEMBERS * 400))
    if file.read().count(_DIRECTORY_ENTRY) > _MOST_MEMBERS:
        raise NotValid("It has too many entries.")
    file.seek(0)
    return file
