"""Headings of a mail, of which only a few are ever looked at. Nothing here raises, whatever a mail says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

from app.platform.mail.address import AddressError, single_address

_READ = (
    b"authentication-results", b"auto-submitted", b"content-disposition", b"content-transfer-encoding",
    b"content-type", b"date", b"from", b"in-reply-to", b"message-id", b"precedence", b"references", b"return-path",
    b"subject", b"x-auto-response-suppress", b"x-autoreply", b"x-autorespond", b"x-failed-recipients",
)  # fmt: skip
_FIELD = re.compile(rb"(?im)^(" + b"|".join(_READ) + rb")[ \t]*:")
_UNTIL_NEXT = re.compile(rb"[^\n]*(?:\n[ \t][^\n]*)*")
_PARAMETER = re.compile(r""";\s*([^\s=;*"]+)(?:\*(\d{1,3}))?(\*?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.DOTALL)
_MOST_EACH, _LONGEST = 20, 4_000


@dataclass(frozen=True)
class Headers:
    """The fields that are looked at, by name in lower case, unfolded."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def get(self, name: str) -> str:
        """The first field of this name, or nothing."""
        return next(iter(self.all(name)), "")


def headers_of(block: bytes) -> Headers:
    """What a block of headings says. Of a name that repeats, and of a long field, only the beginning counts."""
    found: dict[str, list[str]] = {}
    for match in _FIELD.finditer(block):
        fields = found.setdefault(match[1].decode("ascii").lower(), [])
        if len(fields) < _MOST_EACH:
            value = _UNTIL_NEXT.match(block[match.end() : match.end() + _LONGEST])
            fields.append(" ".join(_decoded(value[0] if value else b"").split()))
    return Headers(found)


def value_and_parameters(text: str) -> tuple[str, dict[str, str]]:
    """A structured field: its value in lower case, and its parameters, those of RFC 2231 and 2047 decoded."""
    value, _, _ = text.partition(";")
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(text):
        pieces.setdefault(match[1].lower(), {}).setdefault(int(match[2] or 0), (_unquoted(match[4]), bool(match[3])))
    return value.strip().lower(), {name: _joined(parts) for name, parts in pieces.items()}


def words(text: str) -> str:
    """Free text whose encoded words (RFC 2047) are decoded."""
    try:
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
            for part, charset in decode_header(text)
        )
    except (HeaderParseError, LookupError, ValueError):
        return text


def sender_of(headers: Headers) -> str | None:
    """The one address that a mail says it is from; None when it names none or several, or hides one in a name."""
    fields = headers.all("from")
    return one_address(fields[0]) if len(fields) == 1 else None


def one_address(text: str) -> str | None:
    """The address of a field with exactly one, in lower case; a name beside it may say the same address again."""
    plain = re.sub(r'"(?:[^"\\]|\\.)*"|\([^()]*\)', " ", text).strip()
    inner = re.fullmatch(r"([^<>]*)<([^<>]+)>", plain)
    name, found = (inner[1], inner[2]) if inner else ("", plain)
    try:
        address = single_address(found.strip()).lower()
    except AddressError:
        return None
    return address if "@" not in name or name.strip().lower() == address else None


def _joined(parts: Mapping[int, tuple[str, bool]]) -> str:
    """The pieces of a long parameter, in order; encoded ones begin with their character set."""
    if not any(is_encoded for _, is_encoded in parts.values()):
        return words("".join(text for _, (text, _encoded) in sorted(parts.items())))
    whole = "".join(text for _, (text, _encoded) in sorted(parts.items()))
    charset, mark, rest = whole.partition("'")
    _, second, encoded = rest.partition("'")
    known = charset.lower() in {"utf-8", "iso-8859-1", "us-ascii"}
    return unquote_to_bytes(encoded if mark and second else whole).decode(charset if known else "utf-8", "replace")


def _unquoted(text: str) -> str:
    text = text.strip()
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if len(text) > 1 and text[0] == text[-1] == '"' else text


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
