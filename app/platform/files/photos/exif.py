"""Exif: of all that a camera says only which side is up is kept."""

from typing import Literal

_TAG, _SHORT = 0x0112, 3
_UPRIGHT = 1
_ENTRY = 12


def orientation(tiff: bytes) -> int:
    """From 1 (upright) to 8, as the camera held; upright when it does not say so in a readable way."""
    order: Literal["little", "big"] | None = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])  # type: ignore[assignment]
    if order is None:
        return _UPRIGHT
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    for number in range(min(count, 200)):
        entry = tiff[start + 2 + number * _ENTRY :][:_ENTRY]
        if int.from_bytes(entry[:2], order) == _TAG and int.from_bytes(entry[2:4], order) == _SHORT:
            value = int.from_bytes(entry[8:10], order)
            return value if 1 <= value <= 8 else _UPRIGHT
    return _UPRIGHT


def orientation_segment(value: int) -> bytes:
    """A JPEG segment that says which side is up and nothing else; empty when the picture is upright."""
    if value == _UPRIGHT:
        return b""
    entry = _TAG.to_bytes(2) + _SHORT.to_bytes(2) + (1).to_bytes(4) + value.to_bytes(2) + b"\0\0"
    content = b"Exif\0\0" + b"MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2) + content
