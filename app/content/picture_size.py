"""How large a picture is, so that a page keeps its place before it has arrived. Pure."""

import re
from xml.etree import ElementTree

from app.content.pictures import media_fault

Size = tuple[int, int]
_FRAMES = {0xC0, 0xC1, 0xC2}
_SEGMENT = re.compile(rb"\xff+([\xc0-\xcf\xda-\xfe])(..)", re.DOTALL)
_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px)?\s*")


def size_of(name: str, data: bytes) -> Size | None:
    """Width and height in pixels of a picture, or those of the drawing of an SVG; None where neither is said."""
    if media_fault(name, data):
        return None
    match name.rpartition(".")[2]:
        case "svg":
            return _svg(data)
        case "png":
            return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
        case "webp":
            return _webp(data)
        case _:
            return _jpeg(data)


def _svg(data: bytes) -> Size | None:
    root = ElementTree.fromstring(data.decode("utf-8-sig"))  # noqa: S314 - media_fault let no document type pass
    box = root.get("viewBox", "").replace(",", " ").split()
    said = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [_NUMBER.fullmatch(each) for each in said]
    width, height = (round(float(each[1])) if each else 0 for each in found)
    return (width, height) if width and height else None


def _jpeg(data: bytes) -> Size | None:
    at = 2
    while found := _SEGMENT.match(data, at):
        start = found.end()
        if found[1][0] in _FRAMES:
            return int.from_bytes(data[start + 3 : start + 5]), int.from_bytes(data[start + 1 : start + 3])
        at = found.start(2) + int.from_bytes(found[2])
    return None


def _webp(data: bytes) -> Size | None:
    kind, content = data[12:16], data[20:]
    if kind == b"VP8X":
        return int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return width, height
