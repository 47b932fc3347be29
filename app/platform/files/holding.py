"""Files that are deleted while somebody copies all of them go aside, and for good when the copy is finished."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.platform.files import owners

_LOCK, _ASIDE = ".held", ".deleted"


class Hold:
    """The hold on a folder of files. A process that dies lets go by dying."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._aside = folder, folder / _ASIDE

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within this block what is removed is only put aside."""
        owners.make_folder(self._aside)
        with self._opened(os.O_CREAT) as handle:
            owners.give(handle, owners.of(self._folder))
            fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        self.clear()

    def remove(self, path: Path) -> None:
        """Remove a file; put it aside while somebody holds. Where nobody ever did, there is nothing to ask.

        Whoever removes has committed before that nothing refers to it, so a hold that begins now needs it no more.
        """
        try:
            with self._alone() as is_free:
                if is_free:
                    path.unlink(missing_ok=True)
                    return
                with suppress(FileNotFoundError):
                    path.replace(self._aside / path.name)
        except FileNotFoundError:
            path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove what was put aside, unless somebody holds."""
        with suppress(FileNotFoundError), self._alone() as is_free:
            if is_free:
                for path in self._aside.iterdir():
                    path.unlink(missing_ok=True)

    def place(self, key: str) -> Path:
        """Where a file lies that was put aside."""
        return self._aside / key

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        with self._opened() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @contextmanager
    def _opened(self, flags: int = 0) -> Iterator[int]:
        handle = os.open(self._folder / _LOCK, os.O_RDWR | flags, 0o600)
        try:
            yield handle
        finally:
            os.close(handle)
