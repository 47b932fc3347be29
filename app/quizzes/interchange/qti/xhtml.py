"""Markup as QTI wants it: well-formed, with harmless elements only."""

from collections.abc import Iterable
from html.parser import HTMLParser

from app.quizzes.interchange.markup import Node, attribute, escape

_BLOCKS = "p div ul ol li dl dt dd table caption thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6 pre blockquote address"
_INLINE = "a abbr b big cite code dfn em i kbd q samp small span strong sub sup tt var"
EMPTY = {"br", "hr", "img"}
KNOWN = {*_BLOCKS.split(), *_INLINE.split(), *EMPTY}
_ATTRIBUTES = {"href", "src", "alt", "title", "lang", "dir", "class", "width", "height", "colspan", "rowspan"}
_SILENT = {"script", "style"}


def open_tag(name: str, attributes: Iterable[tuple[str, str]], *, is_empty: bool) -> str:
    """A start tag, closed at once where nothing can stand in it."""
    said = "".join(f' {key}="{attribute(value)}"' for key, value in attributes)
    return f"<{name}{said}{'/' if is_empty else ''}>"


def inner(node: Node) -> str:
    """The markup inside an element as `tidy` writes it."""
    return "".join(escape(each) if isinstance(each, str) else _outer(each) for each in node.inside)


def _outer(node: Node) -> str:
    if node.name.startswith("#"):
        return ""
    is_empty = node.name in EMPTY
    start = open_tag(node.name, node.attributes.items(), is_empty=is_empty)
    return start if is_empty else f"{start}{inner(node)}</{node.name}>"


class _Tidy(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in KNOWN:
            kept = {key: value or "" for key, value in attrs if key in _ATTRIBUTES}
            self.parts.append(open_tag(tag, kept.items(), is_empty=tag in EMPTY))
            self.open += [tag] if tag not in EMPTY else []

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.parts.append(f"</{last}>")
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(escape(data))


def tidy(html: str) -> str:
    """Any HTML as well-formed markup: unknown elements go, their text stays, scripts go whole."""
    parser = _Tidy()
    parser.feed(html)
    parser.close()
    return "".join([*parser.parts, *(f"</{name}>" for name in reversed(parser.open))])
