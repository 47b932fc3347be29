"""Markup as QTI wants it: well-formed, with harmless elements only."""

import re
from collections.abc import Iterable
from html import unescape

from app.quizzes.gift.blocks import NOT_TEXT
from app.quizzes.interchange.markup import Node, attribute, escape

_BLOCKS = "p div ul ol li dl dt dd table caption thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6 pre blockquote address"
_INLINE = "a abbr b big cite code dfn em i kbd q samp small span strong sub sup tt var"
EMPTY = {"br", "hr", "img"}
KNOWN = {*_BLOCKS.split(), *_INLINE.split(), *EMPTY}
_ATTRIBUTES = {"href", "src", "alt", "title", "lang", "dir", "class", "width", "height", "colspan", "rowspan"}
_DEEPEST = 32
"""Elements inside each other; an item may hold twice as many."""
_SILENT = {"script", "style"}
_MARK = re.compile(r"<!--|-->|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<attributes>[^<>]*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]++)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"']++))?")
_HUGE_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")


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


class _Tidy:
    """Reads marks one after the other and never looks back, so that no text takes more than linear time."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.until = ""

    def read(self, html: str) -> None:
        at = 0
        for mark in _MARK.finditer(html):
            self._text(html[at : mark.start()])
            self._mark(mark)
            at = mark.end()
        self._text(html[at:])

    def _text(self, text: str) -> None:
        if not self.until:
            self.parts.append(escape(_plain(text)))

    def _mark(self, mark: re.Match[str]) -> None:
        name, is_end = (mark["name"] or "").lower(), bool(mark["end"])
        if self.until:
            self.until = "" if self.until == (f"/{name}" if is_end else mark[0]) else self.until
        elif mark[0] == "<!--":
            self.until = "-->"
        elif mark[0] == "-->":
            self._text(mark[0])
        elif name in _SILENT and not is_end:
            self.until = f"/{name}"
        elif name in KNOWN:
            self._end(name) if is_end else self._start(name, mark["attributes"])

    def _start(self, name: str, attributes: str) -> None:
        if len(self.open) >= _DEEPEST:
            return
        named = ((each[1].lower(), _plain(_unquoted(each[2] or ""))) for each in _ATTRIBUTE.finditer(attributes))
        kept = {key: value for key, value in named if key in _ATTRIBUTES}
        self.parts.append(open_tag(name, kept.items(), is_empty=name in EMPTY))
        self.open += [name] if name not in EMPTY else []

    def _end(self, name: str) -> None:
        if name in self.open:
            while (last := self.open.pop()) != name:
                self.parts.append(f"</{last}>")
            self.parts.append(f"</{name}>")


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _plain(written: str) -> str:
    """A text with its characters by name or number read, and without those that no text may hold."""
    text = unescape(_HUGE_NUMBER.sub("\ufffd", written))
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(html: str) -> str:
    """Any HTML as well-formed markup: unknown elements and comments go, their text stays, scripts go whole."""
    reading = _Tidy()
    reading.read(html)
    return "".join([*reading.parts, *(f"</{name}>" for name in reversed(reading.open))])
