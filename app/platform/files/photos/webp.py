"""WebP (RFC 9649): which chunks draw the picture."""

from collections.abc import Iterator

from app.platform.files.photos.faults import broken, refuse_size

_EXTENDED, _LOSSY, _LOSSLESS, _ALPHA = b"VP8X", b"VP8 ", b"VP8L", b"ALPH"
_TELLS = {b"ICCP", b"EXIF", b"XMP "}
_HAS_ALPHA = 0x10
_LOSSY_START, _LOSSLESS_START = b"\x9d\x01\x2a", 0x2F


def clean(data: bytes) -> bytes:
    """The same picture, without what it tells. Moving pictures are refused. Raises PhotoRefused."""
    size = int.from_bytes(data[4:8], "little")
    if size % 2 or len(data) < size + 8:
        raise broken()
    kept, names = [], []
    for name, content in _chunks(data[12 : size + 8]):
        if name in _TELLS:
            continue
        names.append(name)
        kept.append(_written(name, _checked(name, content)))
    if names not in ([_LOSSY], [_LOSSLESS], [_EXTENDED, _LOSSY], [_EXTENDED, _LOSSLESS], [_EXTENDED, _ALPHA, _LOSSY]):
        raise broken()
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : at + 8 + length]
        if len(content) != length or len(data) < at + 8:
            raise broken()
        yield data[at : at + 4], content
        at += 8 + length + length % 2


def _checked(name: bytes, content: bytes) -> bytes:
    """The content of a chunk that draws, its size known to be bearable."""
    if name == _EXTENDED:
        if len(content) != 10:
            raise broken()
        refuse_size(int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1)
        return bytes((content[0] & _HAS_ALPHA, 0, 0, 0)) + content[4:]
    if name == _LOSSY:
        if len(content) < 10 or content[3:6] != _LOSSY_START:
            raise broken()
        refuse_size(*(int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (6, 8)))
    elif name == _LOSSLESS:
        if len(content) < 5 or content[0] != _LOSSLESS_START:
            raise broken()
        bits = int.from_bytes(content[1:5], "little")
        refuse_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return content


def _written(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
