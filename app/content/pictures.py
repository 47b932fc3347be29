"""Vector pictures are programs to a browser: only drawing is allowed in ours."""

import re
from xml.etree import ElementTree

from app.platform.files.photos import PhotoFault, PhotoRefused, clean

_SHAPES = {"circle", "defs", "desc", "ellipse", "g", "line", "linearGradient", "path", "polygon", "polyline", "rect"}
_SHAPES |= {"stop", "svg", "text", "title", "tspan", "use", "clipPath", "mask", "pattern", "marker", "symbol"}
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"#[\w-]+")
_TARGET = re.compile(r"(?:^|url\()#([\w-]+)")
_DECLARATION = re.compile(r"<\?xml\s[^?]*\?>")
_MOST_DRAWN = 200_000
"""Shapes and references that a picture may come to when what it refers to is drawn anew at every place."""
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
_REMOTE = re.compile(r"(?i)url\(\s*[^#\s]|javascript:|@import|expression\(|\\")


def media_fault(name: str, data: bytes) -> str | None:
    """What makes a picture or sound unsafe or unreadable, or None: its first bytes must be what its name says."""
    suffix = name.rpartition(".")[2]
    if suffix == "svg":
        return _svg_fault(data)
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


def _svg_fault(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
        if "<!" in text.replace("<!--", ""):
            return "a document type or entity is not allowed in a picture"
        if "<?" in _DECLARATION.sub("", text, count=1):
            return "a processing instruction (<?...?>) is not allowed in a picture"
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so there are no entities
    except (ElementTree.ParseError, ValueError):
        return "not readable as a picture"
    fault = next((fault for element in root.iter() if (fault := _element_fault(element))), None)
    return fault or ("what it refers to makes it too large" if _is_bomb(root) else None)


def _is_bomb(root: ElementTree.Element) -> bool:
    """Whether few lines become too many shapes, because shapes refer to others, or to themselves."""
    named = {element.get("id"): element for element in root.iter()}
    drawn, waiting = 0, [root]
    while waiting:
        element = waiting.pop()
        targets = [name for value in element.attrib.values() for name in _TARGET.findall(value)]
        waiting += element
        waiting += [named[name] for name in targets if name in named]
        drawn += 1 + len(element) + len(targets)
        if drawn > _MOST_DRAWN:
            return True
    return False


def _element_fault(element: ElementTree.Element) -> str | None:
    name = str(element.tag)
    if name.removeprefix(_SVG) not in _SHAPES:
        return f"<{name.rpartition('}')[2]}> is not allowed in a picture"
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2]
        if (
            bare.lower().startswith("on")
            or bare == "style"
            or (bare == "href" and not _REFERENCE.fullmatch(value))
            or _REMOTE.search(value)
        ):
            return f"{bare}={value[:40]} is not allowed in a picture"
    return None
