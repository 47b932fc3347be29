"""PNG: which chunks draw the picture."""

import zlib
from collections.abc import Iterator

from app.platform.files.photos.faults import broken, refuse_size

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"}
_HEADER = 13
_ANCILLARY = 0x20


def clean(data: bytes) -> bytes:
    """The same picture from its header to its end, without texts, times, places and further pictures.

    Raises PhotoRefused.
    """
    kept, names = [SIGNATURE], list[bytes]()
    for name, chunk, content in _chunks(data):
        if not names and (name != b"IHDR" or len(content) != _HEADER):
            raise broken()
        if name in _DRAWS:
            kept.append(chunk)
        elif not name[0] & _ANCILLARY:  # nothing can be drawn without it, and we do not know it
            raise broken()
        names.append(name)
    if names.count(b"IHDR") != 1 or b"IDAT" not in names:
        raise broken()
    header = kept[1][8:]
    refuse_size(int.from_bytes(header[:4]), int.from_bytes(header[4:8]))
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, whole chunk and content, up to the end of the picture."""
    at, view = len(SIGNATURE), memoryview(data)
    while True:
        length = int.from_bytes(view[at : at + 4])
        chunk = data[at : at + length + 12]
        name, content = chunk[4:8], chunk[8:-4]
        if len(chunk) != length + 12 or not name.isalpha():
            raise broken()
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise broken()
        yield name, chunk, content
        if name == b"IEND":
            return
        at += len(chunk)
