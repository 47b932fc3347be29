"""Whether a file is long enough to be read by a job, told without reading it."""

import io
import zipfile

from app.platform.tables import Limits

LARGE_ROWS = 2_000
"""Longer lists are read by a job: about half a second of work."""
_ROW_BYTES = 500
"""What a row of a list takes in an unpacked workbook, rather more than less."""


def is_large(data: bytes) -> bool:
    """True for a list of more than about `LARGE_ROWS` rows. A file beyond all limits is none: it is refused at once."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        return LARGE_ROWS * _ROW_BYTES < _unpacked(data) <= Limits().unpacked_bytes
    return max(data.count(b"\n"), data.count(b"\r")) > LARGE_ROWS


def _unpacked(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0
