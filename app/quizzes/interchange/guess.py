"""Which format a file is in, told from its name and its beginning."""

import re

from app.quizzes.interchange.markup import Unreadable
from app.quizzes.interchange.qti.archive import is_zip, unpack

_LOOKED_AT = 64_000
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(quiz|assessment(?:Item|Test)|qti-assessment-(?:item|test))[\s/>]")
_ANSWER = re.compile(rb"^\s*ANSWER:\s*[A-Z]\s*$", re.MULTILINE)
_BY_ROOT = {b"quiz": "moodle-xml", b"qti-assessment-item": "qti3", b"qti-assessment-test": "qti3"}
_BY_NAME = {"gift": "gift", "aiken": "aiken", "xml": "moodle-xml", "zip": "qti3"}


def guess(name: str, data: bytes) -> str | None:
    """The name of the format; None where nothing tells it."""
    if is_zip(data):
        return _package(data)
    beginning = data[:_LOOKED_AT].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \r\n\t")
    if beginning.startswith(b"<") and (root := _ROOT.search(beginning)):
        return _BY_ROOT.get(root[1], "qti21")
    suffix = _suffix(name)
    if suffix == "txt":
        return "aiken" if b"{" not in beginning and _ANSWER.search(beginning) else "gift"
    return _BY_NAME.get(suffix)


def _package(data: bytes) -> str:
    """The version of a package is that of its items; a damaged one is refused when it is read."""
    try:
        files = unpack(data)
    except Unreadable:
        return "qti3"
    found = (_ROOT.search(text[:_LOOKED_AT]) for text in files.values())
    return "qti21" if any(root and root[1].startswith(b"assessment") for root in found) else "qti3"


def guess_by_name(name: str) -> str | None:
    """The format that a new file of this name has; None where the name leaves it open, as .txt does."""
    return {"gift": "gift", "aiken": "aiken", "xml": "moodle-xml", "zip": "qti3"}.get(_suffix(name))


def _suffix(name: str) -> str:
    return name.lower().rpartition(".")[2]
