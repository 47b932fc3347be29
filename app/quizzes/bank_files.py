"""Banks of questions on disk: a file, or a package that is unpacked in a folder. Written whole or not at all."""

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app.quizzes.interchange.notes import MOST_BYTES
from app.quizzes.interchange.qti.archive import MOST_FILES, is_zip, unpack

_FILE, _FOLDER = 0o644, 0o755
_PACKAGE, _ITEM = ".zip", ".xml"


def read_bytes(place: Path) -> bytes:
    """A file; of one that is too large only enough to see that. A folder is read as the ZIP that it would be.

    Raises OSError.
    """
    if place.is_dir():
        return _zipped(place)
    with place.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _zipped(folder: Path) -> bytes:
    """Pictures and other files are there by name alone; links are not followed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for number, file in enumerate(_files(folder)):
            if number > MOST_FILES or whole.tell() > MOST_BYTES:
                break
            name = file.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
            archive.writestr(zipfile.ZipInfo(name), read_bytes(file) if name.lower().endswith(_ITEM) else b"")
    return whole.getvalue()


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        files = (Path(place, name) for name in sorted(names))
        yield from (file for file in files if file.is_file() and not file.is_symlink())


def write_bank(target: Path, data: bytes, count: int) -> str:
    """Write a bank of `count` questions and say what became of a package whose target is no .zip; else nothing.

    An item alone may be an .xml; a name without ending, or a folder, holds the files of the package. Raises OSError.
    """
    suffix = target.suffix.lower()
    if not is_zip(data) or suffix == _PACKAGE:
        _write(target, data)
        return ""
    if target.is_dir() or not suffix:
        _write_folder(target, unpack(data))
        return f"a folder with imsmanifest.xml and {count} items"
    if suffix == _ITEM and count == 1:
        _write(target, next(text for name, text in unpack(data).items() if name.startswith("items/")))
        return "one item without a package"
    _write(target, data)
    return f"a ZIP package of {count} items, as an item file holds one; other programs expect a name ending in .zip"


def _write(target: Path, data: bytes) -> None:
    """Beside its place first, then moved there."""
    number, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(data)
        Path(beside).chmod(_FILE)
        Path(beside).replace(target)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise


def _write_folder(target: Path, files: dict[str, bytes]) -> None:
    """Only where nothing is yet, or an empty folder."""
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, data in files.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        beside.chmod(_FOLDER)
        beside.replace(target)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
