"""Which format a file is in, told from its name and its beginning."""

import re

_LOOKED_AT = 64_000
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(quiz|assessment(?:Item|Test)|qti-assessment-(?:item|test))[\s/>]")
_ANSWER = re.compile(rb"^\s*ANSWER:\s*[A-Z]\s*$", re.MULTILINE)
_BY_ROOT = {b"quiz": "moodle-xml", b"qti-assessment-item": "qti3", b"qti-assessment-test": "qti3"}
_BY_NAME = {"gift": "gift", "aiken": "aiken", "xml": "moodle-xml", "zip": "qti21"}


def guess(name: str, data: bytes) -> str | None:
    """The name of the format; None where nothing tells it.

    A package shows its version only when it is unpacked; both versions are read by the same reader.
    """
    if data[:2] == b"PK":
        return "qti21"
    beginning = data[:_LOOKED_AT].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \r\n\t")
    if beginning.startswith(b"<") and (root := _ROOT.search(beginning)):
        return _BY_ROOT.get(root[1], "qti21")
    suffix = _suffix(name)
    if suffix == "txt":
        return "aiken" if b"{" not in beginning and _ANSWER.search(beginning) else "gift"
    return _BY_NAME.get(suffix)


def guess_by_name(name: str) -> str | None:
    """The format that a new file of this name has; None where the name leaves it open, as .zip and .txt do."""
    return {"gift": "gift", "aiken": "aiken", "xml": "moodle-xml"}.get(_suffix(name))


def _suffix(name: str) -> str:
    return name.lower().rpartition(".")[2]
