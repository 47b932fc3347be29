"""The parts of a mail (MIME), found by their places in it: nothing is copied or nested, and all is counted."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.sessions.replies.headers import Headers, headers_of, value_and_parameters

MOST_BYTES = 10 * 1024 * 1024
MOST_LEVELS, MOST_PARTS = 20, 200
MOST_CALENDAR = 1024 * 1024
_MOST_FALSE_MARKS, _LONGEST_MARK = 20_000, 200
_CHARSET = re.compile(r"(utf-?(8|16(le|be)?|32)|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?1|windows-\d{3,4}|cp\d{3,4}"
                      r"|gb(2312|k|18030)|big5|shift_jis|euc-(jp|kr)|iso-2022-jp|koi8-[ru]|tis-620)", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_END_OF_HEAD = re.compile(rb"\n\r?\n")


class TooComplexError(Exception):
    """The mail is larger, or built of more pieces, than any answer is."""


@dataclass(frozen=True)
class Part:
    """One part: its headings, and where its body is. `is_inner` when it belongs to a mail that this mail carries."""

    raw: bytes = field(repr=False)
    start: int
    end: int
    headers: Headers
    kind: str
    parameters: Mapping[str, str]
    level: int
    is_inner: bool

    @property
    def filename(self) -> str:
        _, given = value_and_parameters(self.headers.get("content-disposition"))
        return given.get("filename") or self.parameters.get("name", "")

    def content(self) -> bytes:
        """The body without its transfer encoding."""
        body = self.raw[self.start : self.end]
        encoding = self.headers.get("content-transfer-encoding").lower().partition(" ")[0].strip(";")
        if encoding == "base64" and b"BEGIN:VCALENDAR" not in body:
            return _from_base64(body)
        return binascii.a2b_qp(body) if encoding == "quoted-printable" else body

    def text(self, *, unfolded: bool = False) -> str:
        """The body as text, with a mark instead of what cannot be read. Some fold a calendar within a character."""
        content, charset = self.content(), self.parameters.get("charset", "")
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16", "replace")
        if content.startswith(b"\xef\xbb\xbf") or not _CHARSET.fullmatch(charset):
            charset = "utf-8"
        if unfolded and not charset.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")):
            content = _FOLD.sub(b"", content)
        try:
            return content.decode(charset).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            return content.decode("utf-8", "replace").lstrip("\ufeff")


def parts_of(raw: bytes) -> list[Part]:
    """All parts, the mail itself first, in the order of reading. Raises TooComplexError."""
    if len(raw) > MOST_BYTES:
        raise TooComplexError
    raw = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    return list(_walk(raw if b"\n" in raw else raw.replace(b"\r", b"\n")))


def _walk(raw: bytes) -> Iterator[Part]:
    waiting, seen, limit = [(0, len(raw), 0, False)], 1, _Limit()
    while waiting:
        start, end, level, is_inner = waiting.pop()
        part = _part(raw, start, end, level, is_inner)
        yield part
        inside = list(_inside(part, limit))
        seen += len(inside)
        if (inside and level >= MOST_LEVELS) or seen > MOST_PARTS + 1:
            raise TooComplexError
        inner = is_inner or part.kind.startswith("message/")
        waiting += [(*span, level + 1, inner) for span in reversed(inside)]


@dataclass
class _Limit:
    """How many more lines may look like the border of parts without being one."""

    marks: int = _MOST_FALSE_MARKS


def _part(raw: bytes, start: int, end: int, level: int, is_inner: bool) -> Part:
    head_end, body = _head(raw, start, end)
    headers = headers_of(raw[start:head_end])
    kind, parameters = value_and_parameters(headers.get("content-type"))
    return Part(raw, body, end, headers, kind if "/" in kind else "text/plain", parameters, level, is_inner)


def _head(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the headings end and the body begins; a part that begins with an empty line has none."""
    for blank in (b"\n", b"\r\n"):
        if raw.startswith(blank, start, end):
            return start, start + len(blank)
    found = _END_OF_HEAD.search(raw, start, end)
    return (found.start() + 1, found.end()) if found else (end, end)


def _inside(part: Part, limit: _Limit) -> Iterator[tuple[int, int]]:
    """Where the parts of this part are."""
    if part.kind in {"message/rfc822", "message/global"}:
        yield part.start, part.end
    elif part.kind.startswith("multipart/"):
        mark = part.parameters.get("boundary", "").encode("utf-8", "replace") or _guessed(part)
        if mark and len(mark) <= _LONGEST_MARK:
            yield from _between(part, b"--" + mark, limit)


def _between(part: Part, mark: bytes, limit: _Limit) -> Iterator[tuple[int, int]]:
    """From each border to the next. The last border may be missing."""
    raw, begun, count = part.raw, -1, 0
    at = raw.find(mark, part.start, part.end)
    while at >= 0:
        after = raw[at + len(mark) : at + len(mark) + 80].split(b"\n", 1)
        tail = after[0].strip()
        if (at == part.start or raw[at - 1 : at] == b"\n") and tail in {b"", b"--"}:
            if begun >= 0:
                yield begun, _without_break(raw, begun, at)
                count += 1
                if count > MOST_PARTS:
                    raise TooComplexError
            begun = min(at + len(mark) + len(after[0]) + 1, part.end)
            if tail:
                return
        else:
            limit.marks -= 1
            if limit.marks < 0:
                raise TooComplexError
        at = raw.find(mark, at + len(mark), part.end)
    if begun >= 0:
        yield begun, part.end


def _without_break(raw: bytes, start: int, at: int) -> int:
    """The line break before a border belongs to the border."""
    end = at - 1 if at > start else at
    return end - 1 if end > start and raw[end - 1 : end] == b"\r" else max(end, start)


def _guessed(part: Part) -> bytes:
    """The border that nobody named: the first line that looks like one."""
    found = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,190})\r?\n").search(part.raw, max(part.start - 1, 0), part.end)
    return found[1].rstrip() if found else b""


def _from_base64(body: bytes) -> bytes:
    """As much as can be read, whatever stands between."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
