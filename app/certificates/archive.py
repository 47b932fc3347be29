"""Many certificates as one ZIP that begins to flow at once: one file is in memory at a time, no lock is held."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from app.platform.files import FileMissing, Storage


class _Pipe(io.RawIOBase):
    """What a ZIP is written to; `taken` hands on what has been written since."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._parts.append(bytes(data))  # type: ignore[call-overload] # any buffer; the base class says no more
        return len(self._parts[-1])

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def stream(files: Iterable[tuple[str, str, datetime]], storage: Storage) -> Iterator[bytes]:
    """The bytes of a ZIP of stored files: (name in the archive, key, moment). One that is gone is named in a text."""
    pipe, missing = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, key, at in files:
            try:
                archive.writestr(_entry(name, at), storage.get(key))
            except FileMissing:
                missing.append(name)
            yield pipe.taken()
        if missing:
            archive.writestr("MISSING.txt", "\n".join(missing) + "\n")
    yield pipe.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """A ZIP holds no years before 1980 and no zones; the moment is told in UTC."""
    return zipfile.ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
