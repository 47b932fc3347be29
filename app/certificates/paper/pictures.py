"""Logos and drawn signatures: SVG and PNG that others made. Pure.

A picture is only ever given to the typesetter as a picture. Even so it is refused here - when it is uploaded, and once
more when it is drawn - if it leads anywhere else, is too large, or takes more work than a logo can be worth.
"""

import base64
import binascii
import functools
import re
import struct
import xml.etree.ElementTree as ET  # documents with a DOCTYPE, and so with entities, are refused before they are read

from app.certificates.paper.look import Picture
from app.platform.documents.pictures import with_our_fonts

MOST_BYTES = 300_000
MOST_PIXELS = 2_000_000
MOST_ELEMENTS = 3_000

_SVG = "{http://www.w3.org/2000/svg}"
# What acts, loads, animates, or is worked out pixel by pixel.
_REFUSED = frozenset(
    {"script", "foreignObject", "filter", "image", "feImage", "iframe", "audio", "video", "animate", "set",
     "animateTransform", "animateMotion", "a", "tref"}
)  # fmt: skip
_PNG_HEAD = struct.Struct(">8s4x4sII")
_LEADS_AWAY = re.compile(r"url\(\s*[\"']?\s*(?!#)", re.IGNORECASE)


class PictureRefused(Exception):
    """The picture cannot be printed; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS = ("kind", "large", "broken", "leads-away", "forbidden", "intricate")


def check(picture: Picture) -> None:
    """Raise PictureRefused unless the picture may be printed."""
    if len(picture.data) > MOST_BYTES * (4 / 3 if picture.kind == "png" else 1):
        raise PictureRefused("large")
    checks = {"svg": _check_svg, "png": _png_size}
    if picture.kind not in checks:
        raise PictureRefused("kind")
    checks[picture.kind](picture.data)


@functools.lru_cache(maxsize=64)
def svg_of(picture: Picture) -> str:
    """The picture as SVG, a PNG within one; raises PictureRefused."""
    check(picture)
    if picture.kind == "svg":
        return with_our_fonts(picture.data)
    width, height = _png_size(picture.data)
    data = "".join(picture.data.split())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/png;base64,{data}" width="{width}" height="{height}"/></svg>'
    )


def _check_svg(text: str) -> None:
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise PictureRefused("forbidden")
    try:
        root = ET.fromstring(text)  # noqa: S314 - no DOCTYPE, so no entities
    except (ET.ParseError, ValueError) as problem:
        raise PictureRefused("broken") from problem
    if root.tag != f"{_SVG}svg":
        raise PictureRefused("broken")
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS:
        raise PictureRefused("intricate")
    for element in elements:
        _check_element(element)
    _check_uses(elements)


def _check_element(element: ET.Element) -> None:
    if str(element.tag).rpartition("}")[2] in _REFUSED:
        raise PictureRefused("forbidden")
    if _LEADS_AWAY.search(element.text or "") or "@import" in (element.text or "").lower():
        raise PictureRefused("leads-away")
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on"):
            raise PictureRefused("forbidden")
        if (plain == "href" and not value.strip().startswith("#")) or _LEADS_AWAY.search(value):
            raise PictureRefused("leads-away")


def _check_uses(elements: list[ET.Element]) -> None:
    """A use of something that uses again multiplies without end."""
    named = {element.get("id"): element for element in elements if element.get("id")}
    uses = [element for element in elements if element.tag == f"{_SVG}use"]
    weight = len(elements)
    for use in uses:
        target = named.get(_target(use))
        inside = list(target.iter()) if target is not None else []
        if any(one.tag == f"{_SVG}use" for one in inside):
            raise PictureRefused("intricate")
        weight += len(inside)
    if weight > MOST_ELEMENTS or sum(one.tag == f"{_SVG}pattern" for one in elements) > 1:
        raise PictureRefused("intricate")


def _target(use: ET.Element) -> str:
    reference = use.get("href") or use.get("{http://www.w3.org/1999/xlink}href") or ""
    return reference.strip().removeprefix("#")


def _png_size(data: str) -> tuple[int, int]:
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
        signature, chunk, width, height = _PNG_HEAD.unpack_from(content)
    except (binascii.Error, ValueError, struct.error) as problem:
        raise PictureRefused("broken") from problem
    if signature != b"\x89PNG\r\n\x1a\n" or chunk != b"IHDR" or b"IEND" not in content[-16:] or not width * height:
        raise PictureRefused("broken")
    if width * height > MOST_PIXELS:
        raise PictureRefused("large")
    return int(width), int(height)
