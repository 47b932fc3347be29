"""Logos and drawn signatures, as they are stored: a face keeps the key, which is the hash of the picture itself."""

import base64
import functools
from dataclasses import replace

from app.certificates.paper.look import Picture
from app.platform.files import FileMissing, files

MOST_KEPT = 64
"""Pictures that a process remembers: they never change, and every certificate of a programme has the same ones."""


def keep(kind: str, data: bytes, alt: str) -> Picture:
    """Store a picture that was cleaned; the same again is one file."""
    return Picture(kind, "", alt, files().put(data))


def bytes_of(picture: Picture) -> bytes:
    """What was stored. Raises FileMissing."""
    return files().get(picture.key)


def with_data(picture: Picture | None) -> Picture | None:
    """The picture with its data, ready to be drawn. Where its file is gone there is no data, and nothing is drawn."""
    if picture is None or not picture.key:
        return picture
    try:
        return replace(picture, data=_data(picture.kind, picture.key))
    except FileMissing:
        return replace(picture, data="")


def without_data(picture: Picture | None) -> Picture | None:
    """The picture as a face keeps it."""
    return replace(picture, data="") if picture and picture.key else picture


@functools.lru_cache(MOST_KEPT)
def _data(kind: str, key: str) -> str:
    data = files().get(key)
    return data.decode() if kind == "svg" else base64.b64encode(data).decode()
