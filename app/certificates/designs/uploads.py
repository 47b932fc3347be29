"""Logos and drawn signatures that people send: what is kept of them is a drawing and nothing else. Pure."""

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree

from app.platform.files.photos import PhotoFault, PhotoKind, PhotoRefused, clean
from app.platform.files.vectors import vector_fault

LARGEST_FILE = 200_000
"""Bytes. It is in every certificate of the programme."""
LONGEST_SIDE = 2400
"""Pixels: 100 mm at 600 pixels an inch."""
MOST_ELEMENTS, DEEPEST = 2000, 40
_SVG = "{http://www.w3.org/2000/svg}"
_OURS = ("{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}", "{http://www.w3.org/XML/1998/namespace}")
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^:;\"'<>{}\\]+?)\s*")
_PACKED_COLOURS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type of PNG -> samples in a pixel."""
_DASH = re.compile(r"[0-9.]+")


class UploadFault(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNKNOWN = "unknown"
    """Neither PNG nor SVG."""
    BROKEN = "broken"
    NOT_ONLY_A_DRAWING = "not_only_a_drawing"
    """It holds scripts, texts from elsewhere, links or entities."""
    TOO_INVOLVED = "too_involved"
    """It would take too long to draw."""


class UploadRefused(Exception):
    """The file is not kept; `fault` says why."""

    def __init__(self, fault: UploadFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Upload:
    """A cleaned picture; `kind` is that of `look.Picture`."""

    kind: str
    data: bytes


def cleaned(data: bytes) -> Upload:
    """The picture that a file holds. What it is, its first bytes say and never its name. Raises UploadRefused."""
    if len(data) > LARGEST_FILE:
        raise UploadRefused(UploadFault.TOO_LARGE)
    if data.startswith(b"\x89PNG"):
        return Upload("png", _png(data))
    if b"<svg" in data[:4000] and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Upload("svg", _svg(data))
    raise UploadRefused(UploadFault.UNKNOWN)


def _png(data: bytes) -> bytes:
    """Only the chunks that draw, and those unpacked once to see that they are what the header says."""
    try:
        photo = clean(data)
    except PhotoRefused as refused:
        too_many = refused.fault is PhotoFault.TOO_MANY_PIXELS
        raise UploadRefused(UploadFault.TOO_MANY_PIXELS if too_many else UploadFault.BROKEN) from None
    if photo.kind is not PhotoKind.PNG:
        raise UploadRefused(UploadFault.UNKNOWN)
    _refuse_unlike_its_header(photo.data)
    return photo.data


def _refuse_unlike_its_header(data: bytes) -> None:
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    depth, colours, interlaced = data[24], data[25], data[28]
    if max(width, height) > LONGEST_SIDE:
        raise UploadRefused(UploadFault.TOO_MANY_PIXELS)
    if depth not in (1, 2, 4, 8, 16) or colours not in _PACKED_COLOURS or interlaced:
        raise UploadRefused(UploadFault.BROKEN)
    row = 1 + (width * depth * _PACKED_COLOURS[colours] + 7) // 8
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(_packed(data), row * height + 1)
    except zlib.error:
        raise UploadRefused(UploadFault.BROKEN) from None
    if len(pixels) != row * height or max(pixels[::row]) > 4:
        raise UploadRefused(UploadFault.BROKEN)
    if colours == 3 and b"PLTE" not in data:
        raise UploadRefused(UploadFault.BROKEN)


def _packed(data: bytes) -> bytes:
    parts, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(parts)


def _svg(data: bytes) -> bytes:
    """The drawing without what programs write beside it. Whatever else is no drawing is refused, not taken out."""
    try:
        text = data.decode("utf-8-sig")
    except ValueError:
        raise UploadRefused(UploadFault.BROKEN) from None
    if "<!" in text.replace("<!--", ""):
        raise UploadRefused(UploadFault.NOT_ONLY_A_DRAWING)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so there are no entities
    except (ElementTree.ParseError, ValueError):
        raise UploadRefused(UploadFault.BROKEN) from None
    if root.tag != f"{_SVG}svg":
        raise UploadRefused(UploadFault.UNKNOWN)
    _refuse_deep(root)
    _without_notes(root)
    ElementTree.register_namespace("", _SVG.strip("{}"))
    written = ElementTree.tostring(root, encoding="unicode").encode()
    if fault := vector_fault(written):
        bomb = "too large" in fault
        raise UploadRefused(UploadFault.TOO_INVOLVED if bomb else UploadFault.NOT_ONLY_A_DRAWING)
    return written


def _refuse_deep(root: ElementTree.Element) -> None:
    level, deep, met = [root], 0, 0
    while level:
        deep, met = deep + 1, met + len(level)
        if deep > DEEPEST or met > MOST_ELEMENTS:
            raise UploadRefused(UploadFault.TOO_INVOLVED)
        level = [child for element in level for child in element]


def _without_notes(element: ElementTree.Element) -> None:
    """Take out what drawing programs keep for themselves, and say styles as attributes."""
    for name in list(element.attrib):
        if name.startswith("{") and not name.startswith(_OURS):
            del element.attrib[name]
    for name, value in _declared(element.attrib.pop("style", "")):
        element.attrib[name] = value
    # A fine dash on a long line is a million lines, a small tile on a large ground a million tiles.
    is_fine = "stroke-dasharray" in element.attrib and _is_fine(element.attrib["stroke-dasharray"])
    if is_fine or element.tag == f"{_SVG}pattern":
        raise UploadRefused(UploadFault.TOO_INVOLVED)
    for child in list(element):
        tag = str(child.tag)
        if tag == f"{_SVG}metadata" or (tag.startswith("{") and not tag.startswith(_SVG)):
            element.remove(child)
        else:
            _without_notes(child)


def _is_fine(dashes: str) -> bool:
    lengths = [float(each) if each.count(".") < 2 and each != "." else 0.0 for each in _DASH.findall(dashes)]
    return dashes.strip() != "none" and (not lengths or sum(lengths) < 0.5)


def _declared(style: str) -> list[tuple[str, str]]:
    """The declarations of a style attribute. What is none is refused: it would be looked at by nobody."""
    found = []
    for each in style.split(";"):
        if not each.strip():
            continue
        said = _DECLARATION.fullmatch(each)
        if said is None:
            raise UploadRefused(UploadFault.NOT_ONLY_A_DRAWING)
        if not said[1].startswith("-"):
            found.append((said[1], said[2]))
    return found
