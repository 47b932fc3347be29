"""Vector pictures are programs to a browser: only drawing is allowed in ours. Pure."""

import re
from xml.etree import ElementTree

_SHAPES = {"circle", "defs", "desc", "ellipse", "g", "line", "linearGradient", "path", "polygon", "polyline", "rect"}
_SHAPES |= {"stop", "svg", "text", "title", "tspan", "use", "clipPath", "mask", "pattern", "marker", "symbol"}
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"#[\w-]+")
_TARGET = re.compile(r"(?:^|url\()#([\w-]+)")
_DECLARATION = re.compile(r"<\?xml\s[^?]*\?>")
_MOST_DRAWN = 200_000
"""Shapes and references that a picture may come to when what it refers to is drawn anew at every place."""
_REMOTE = re.compile(r"(?i)url\(\s*[^#\s]|javascript:|@import|expression\(|\\")


def vector_fault(data: bytes) -> str | None:
    """What makes an SVG unsafe or unreadable, or None."""
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
