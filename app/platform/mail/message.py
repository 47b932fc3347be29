"""One mail as bytes (RFC 5322, MIME, iMIP RFC 6047)."""

import hashlib
import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from typing import NamedTuple

from app.platform.clock import now
from app.platform.mail.address import Mailbox, is_one_line

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._=+-]{1,64}@[A-Za-z0-9.-]{1,180}>")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_HEADER_VALUE = re.compile(r"[!-~][ -~]{0,900}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NEW_LINE = re.compile(r"\r\n|\r|\n")
_METHOD = re.compile(r"[A-Z]{3,20}")
# Short and harmless: stands as it is. Everything else becomes encoded words (RFC 2047).
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]{0,59}")
_PLAIN_SUBJECT = re.compile(r"(?!.*=\?)[!-~]([ -~]{0,64}[!-~])?")
# Mail readers that decode a name before they split the list must find no second address in it.
_OUT_OF_NAMES = str.maketrans('"<>[],;:@\\', "'" + " " * 9)
_OURS = {"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "auto-submitted", "mime-version"}
_LONGEST_SUBJECT, _LONGEST_NAME = 400, 400


class MessageError(ValueError):
    """A header would say more than one thing, or the message cannot be written."""


class Calendar(NamedTuple):
    """An iCalendar file and its method, REQUEST or CANCEL, which must agree with the METHOD in the file."""

    content: bytes
    method: str


def compose(
    *,
    sender: tuple[str, str],
    recipient: tuple[str, str],
    subject: str,
    text: str,
    message_id: str,
    language: str,
    html: str | None = None,
    calendar: Calendar | None = None,
    headers: Mapping[str, str] | None = None,
    date: datetime | None = None,
    automatic: bool = True,
) -> bytes:
    """The finished mail, 7-bit, with CRLF; the same arguments give the same bytes, so that a repeat is a repeat.

    Sender and recipient are name and address. The calendar's bytes arrive unchanged, as the last alternative, without
    a disposition: Outlook, Gmail and Apple then show buttons. `language` is a BCP 47 tag, `date` an aware time (now
    when left out). `headers` are ASCII. `automatic` adds Auto-Submitted (RFC 3834). Raises AddressError or
    MessageError, both ValueErrors.
    """
    lines = [
        _mailbox("From", *sender),
        _mailbox("To", *recipient),
        _subject(subject),
        f"Date: {format_datetime(_aware(date or now()))}",
        f"Message-ID: {_matching(_MESSAGE_ID, message_id, 'Message-ID')}",
        f"Content-Language: {_matching(_LANGUAGE, language, 'language')}",
        *(["Auto-Submitted: auto-generated"] if automatic else []),
        *(_extra(name, value) for name, value in (headers or {}).items()),
    ]
    head = "".join(line + "\r\n" for line in lines).encode("ascii")
    return head + _body(text, html, calendar, message_id)


def _body(text: str, html: str | None, calendar: Calendar | None, message_id: str) -> bytes:
    parts = [_text("plain", text)]
    if html is not None:
        parts.append(_text("html", html))
    if calendar is not None:
        parts.append(_calendar(calendar))
    if len(parts) == 1:
        return b"MIME-Version: 1.0\r\n" + parts[0]
    # "=_" cannot stand in base64 or quoted-printable, so no part can hold the boundary (RFC 2045, 6.7).
    boundary = b"=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32].encode()
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n\r\n'
    return head + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def _text(subtype: str, text: str) -> bytes:
    """Quoted-printable stays readable for Latin scripts; for the others base64 is half as long."""
    content = _NEW_LINE.sub("\r\n", text).encode("utf-8", "replace")
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: '
    if len(content) <= 1.2 * len(text):
        return head.encode() + b"quoted-printable\r\n\r\n" + b2a_qp(content, istext=True)
    return head.encode() + b"base64\r\n\r\n" + _base64(content)


def _calendar(calendar: Calendar) -> bytes:
    method = _matching(_METHOD, calendar.method, "calendar method")
    kind = f'Content-Type: text/calendar; charset="utf-8"; method="{method}"\r\n'
    return kind.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + _base64(calendar.content)


def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")


# The header objects of the standard library lose quotes when they fold a long name and decode =?...?= in ours.
def _mailbox(header: str, name: str, address: str) -> str:
    mailbox = Mailbox(name, address)
    plain = " ".join(mailbox.name.translate(_OUT_OF_NAMES).split())[:_LONGEST_NAME]
    if not plain:
        return f"{header}: {mailbox.address}"
    return f"{header}: {_words(header, plain, _PLAIN_NAME)}\r\n <{mailbox.address}>"


@lru_cache(maxsize=64)
def _subject(subject: str) -> str:
    if not is_one_line(subject) or not subject.strip():
        raise MessageError(f"The subject of a mail must be one line: {subject!r}.")
    return f"Subject: {_words('Subject', subject.strip()[:_LONGEST_SUBJECT], _PLAIN_SUBJECT)}"


def _words(header: str, text: str, plain: re.Pattern[str]) -> str:
    return text if plain.fullmatch(text) else Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _extra(name: str, value: str) -> str:
    _matching(_HEADER_NAME, name, "header name")
    if name.lower() in _OURS or name.lower().startswith("content-"):
        raise MessageError(f"The header {name} cannot be added.")
    return f"{name}: {_matching(_HEADER_VALUE, value, f'header {name}')}"


def _matching(pattern: re.Pattern[str], value: str, what: str) -> str:
    if not pattern.fullmatch(value):
        raise MessageError(f"{value!r} cannot be the {what} of a mail.")
    return value


def _aware(date: datetime) -> datetime:
    if date.tzinfo is None:
        raise MessageError("The date of a mail needs a time zone.")
    return date
