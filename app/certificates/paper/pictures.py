"""Logos and drawn signatures: SVG and PNG that others made. Pure.

A picture is only ever given to the typesetter as a picture, and uploads are cleaned before they are kept. Even so each
is looked at once more before it is drawn: what a certificate holds may have come by another way, or from long ago.
"""

import base64
import binascii
import functools
import struct

from app.certificates.paper.look import Picture
from app.platform.documents.pictures import with_our_fonts
from app.platform.files.vectors import vector_fault

MOST_BYTES = 300_000
MOST_PIXELS = 6_000_000
_PNG_HEAD = struct.Struct(">8s4x4sII")


class PictureRefused(Exception):
    """The picture cannot be printed; it says why, for the log."""


@functools.lru_cache(maxsize=64)
def svg_of(picture: Picture) -> str:
    """The picture as SVG, a PNG within one; raises PictureRefused."""
    if len(picture.data) > MOST_BYTES * (4 / 3 if picture.kind == "png" else 1):
        raise PictureRefused("too large")
    if picture.kind == "svg":
        data = picture.data.encode("utf-8", "replace")
        if fault := vector_fault(data):
            raise PictureRefused(fault)
        return with_our_fonts(data.decode("utf-8"))
    if picture.kind == "png":
        return _within_svg(picture.data)
    raise PictureRefused("neither SVG nor PNG")


def _within_svg(data: str) -> str:
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
        signature, chunk, width, height = _PNG_HEAD.unpack_from(content)
    except (binascii.Error, ValueError, struct.error) as problem:
        raise PictureRefused("not readable as a picture") from problem
    if signature != b"\x89PNG\r\n\x1a\n" or chunk != b"IHDR" or b"IEND" not in content[-16:] or not width * height:
        raise PictureRefused("not readable as a picture")
    if width * height > MOST_PIXELS:
        raise PictureRefused("too large")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/png;base64,{base64.b64encode(content).decode()}" width="{width}" height="{height}"/>'
        "</svg>"
    )
