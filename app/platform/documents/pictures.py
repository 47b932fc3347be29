"""Vector pictures in documents. Pure."""

import re

from app.platform.documents.scripts import families

_ATTRIBUTE = re.compile(r"""font-family\s*=\s*("[^"]*"|'[^']*')""")
_STYLE = re.compile(r"font-family\s*:[^;\"'<]*")
_ROOT = re.compile(r"<svg\b[^>]*>")


def with_our_fonts(svg: str) -> str:
    """The picture with its words in the fonts of our documents: the typesetter knows no others, nor `sans-serif`, and
    leaves out what it has no font for.
    """
    ours = ", ".join(families())
    named = _STYLE.sub(f"font-family: {ours}", _ATTRIBUTE.sub(f'font-family="{ours}"', svg))
    root = _ROOT.search(named)
    if root is None or "font-family" in root[0]:
        return named
    return f'{named[: root.start()]}<svg font-family="{ours}"{named[root.start() + len("<svg") :]}'
