"""`multipart/mixed`: statements first, then the bytes of their attachments, each under its hash."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.api.xapi.rules.problems import Malformed, want

_BOUNDARY = re.compile(r"""boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
MOST_PARTS = 200


@dataclass(frozen=True)
class Part:
    """One part: its headers, with small letters, and its bytes."""

    headers: dict[str, str]
    body: bytes


def parts_of(body: bytes, content_type: str) -> list[Part]:
    """The parts of a body. Raises Malformed."""
    found = _BOUNDARY.search(content_type)
    if not found:
        raise Malformed("Content-Type has no boundary")
    line = b"--" + (found[1] or found[2]).encode()
    pieces = (b"\r\n" + body).split(b"\r\n" + line)
    want(len(pieces) >= 3, "the body", "has no part between its boundaries")
    want(pieces[-1].startswith(b"--"), "the body", "does not end with its boundary")
    want(len(pieces) - 2 <= MOST_PARTS, "the body", "has too many parts")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    # After the boundary: blanks and the end of the line, headers, an empty line, the bytes.
    padding, end, rest = piece.partition(b"\r\n")
    want(bool(end) and not padding.strip(), "a part", "does not begin on a line of its own")
    head, gap, body = (b"\r\n" + rest).partition(b"\r\n\r\n")
    want(bool(gap), "a part", "has no empty line after its headers")
    headers = {}
    for row in head.decode("latin-1").split("\r\n"):
        if row:
            name, colon, value = row.partition(":")
            want(bool(colon), "a header of a part", "has no colon")
            headers[name.strip().lower()] = value.strip()
    return Part(headers, body)


def mixed(parts: Iterable[Part], boundary: str) -> bytes:
    """A body of these parts."""
    line = b"--" + boundary.encode()
    rows: list[bytes] = []
    for part in parts:
        headers = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        rows += [line, b"\r\n", headers.encode("latin-1", "replace"), b"\r\n", part.body, b"\r\n"]
    return b"".join([*rows, line, b"--\r\n"])
