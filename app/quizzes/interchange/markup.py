"""XML of strangers as a small tree that knows its lines. Nothing from outside is ever read: a document type is refused
before any entity can exist."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from app.quizzes.gift.bank import MOST_CHARACTERS
from app.quizzes.gift.blocks import NOT_TEXT
from app.quizzes.gift.faults import Fault

DEEPEST = 64
MOST_NODES = 200_000
MOST_TOKEN = 1_000_000
"""Bytes of one tag or comment."""
_CHUNK = 64_000
_CARRIES_FILES = "file"
COMMENT = "#comment"
_INCLUDE = "http://www.w3.org/2001/XInclude "


class Unreadable(Exception):
    """The file cannot be read at all; `fault` says why."""

    def __init__(self, line: int, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.fault = Fault(line, code, detail)


@dataclass(slots=True)
class Node:
    """An element without its namespace, or a comment. `inside` holds texts and elements in their order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Node"]:
        """The elements right inside, without comments."""
        return [each for each in self.inside if isinstance(each, Node) and each.name != COMMENT]

    @property
    def comments(self) -> list[str]:
        """The texts of the comments right inside."""
        return [each.text for each in self.inside if isinstance(each, Node) and _is_comment(each)]

    @property
    def text(self) -> str:
        """All text inside, however deep, without comments."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside if not _is_comment(each))

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def child(self, name: str) -> "Node | None":
        """The first element of this name right inside."""
        return next((each for each in self.elements if each.name == name), None)

    def children(self, name: str) -> list["Node"]:
        """The elements of this name right inside."""
        return [each for each in self.elements if each.name == name]

    def walk(self) -> Iterator["Node"]:
        """This element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.elements)


def _is_comment(each: Node | str) -> bool:
    return isinstance(each, Node) and each.name == COMMENT


class _Builder:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.CommentHandler = self._comment
        self.top = Node("", 1)
        self.open = [self.top]
        self.count = 0
        self.characters = 0

    def _refuse(self, *_: object) -> None:
        raise Unreadable(self.parser.CurrentLineNumber, "unsafe_xml")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._counted()
        if name.startswith(_INCLUDE):
            raise Unreadable(line, "unsafe_xml", _local(name))
        named = {_local(key): self._clean(value) for key, value in attributes.items()}
        node = Node(_local(name), line, named)
        self.open[-1].inside.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        node = self.open[-1]
        node.inside.append(self._clean(text, is_counted=node.name != _CARRIES_FILES))

    def _comment(self, text: str) -> None:
        self.open[-1].inside.append(Node(COMMENT, self._counted(), {}, [text]))

    def _counted(self) -> int:
        """The line of one more part of the tree."""
        self.count += 1
        line = self.parser.CurrentLineNumber
        if len(self.open) > DEEPEST or self.count > MOST_NODES:
            raise Unreadable(line, "too_complex")
        return line

    def _clean(self, text: str, *, is_counted: bool = True) -> str:
        """A text as Python writes it; that of all of them together has the limit of a GIFT bank."""
        self.characters += len(text) if is_counted else 0
        if self.characters > MOST_CHARACTERS:
            raise Unreadable(self.parser.CurrentLineNumber, "file_too_large")
        if NOT_TEXT.search(text):
            raise Unreadable(self.parser.CurrentLineNumber, "bad_encoding")
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def parse_xml(data: bytes) -> Node:
    """The root element. Raises Unreadable: not_xml, unsafe_xml, too_complex, file_too_large, bad_encoding."""
    builder = _Builder()
    try:
        for start in range(0, len(data), _CHUNK):
            builder.parser.Parse(data[start : start + _CHUNK], False)
            if start - builder.parser.CurrentByteIndex > MOST_TOKEN:
                raise Unreadable(builder.parser.CurrentLineNumber, "too_complex")
        builder.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(error.lineno, "not_xml", expat.ErrorString(error.code)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Unreadable(1, "not_xml", str(error)) from error
    return builder.top.elements[0]


def escape(text: str) -> str:
    """Text for between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text for an attribute, line ends included."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
