"""Pictures and sound of courses: what their names say, and nothing that a browser would run."""

import re

from app.platform.files.photos import PhotoFault, PhotoRefused, clean
from app.platform.files.vectors import vector_fault

_PHOTOS = {"png", "jpg", "jpeg", "webp"}
_BEGINNINGS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "opus": re.compile(rb"OggS"),
    "ogg": re.compile(rb"OggS"),
    "mp3": re.compile(rb"ID3|\xff[\xe2-\xff]"),
    "m4a": re.compile(rb"....ftyp", re.DOTALL),
}


def media_fault(name: str, data: bytes) -> str | None:
    """What makes a picture or sound unsafe or unreadable, or None: its first bytes must be what its name says."""
    suffix = name.rpartition(".")[2]
    if suffix == "svg":
        return vector_fault(data)
    if not _BEGINNINGS[suffix].match(data):
        return f"not readable as .{suffix}"
    return _photo_fault(suffix, data) if suffix in _PHOTOS else None


def _photo_fault(suffix: str, data: bytes) -> str | None:
    try:
        clean(data)
    except PhotoRefused as refused:
        if refused.fault is PhotoFault.TOO_MANY_PIXELS:
            return "has too many pixels; make the picture smaller"
        return f"not readable as .{suffix}"
    return None
