"""One mail as bytes (RFC 5322, MIME, iMIP RFC 6047)."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from app.platform.clock import now
from app.platform.mail.address import Mailbox, is_one_line

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._=+-]{1,64}@[A-Za-z0-9.-]{1,180}>")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_METHOD = re.compile(r"[A-Z]{3,20}")
# A display name may lose its quotes when the standard library folds a long header, so it holds nothing that needs them.
_UNSAFE_IN_NAME = str.maketrans('"<>()[]\\,;:@', "'" + " " * 11)
_LONGEST_SUBJECT = 400


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
    when left out). `automatic` adds Auto-Submitted (RFC 3834). Raises AddressError or MessageError, both ValueErrors.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = _address(*sender), _address(*recipient)
    mail["Subject"] = _checked("subject", subject)[:_LONGEST_SUBJECT]
    mail["Date"] = _aware(date or now())
    mail["Message-ID"] = _matching(_MESSAGE_ID, message_id, "Message-ID")
    mail["Content-Language"] = _matching(_LANGUAGE, language, "language")
    if automatic:
        mail["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        _add_header(mail, name, value)
    _add_bodies(mail, text, html, calendar)
    return _with_stable_boundary(mail, message_id).as_bytes()


def _add_header(mail: EmailMessage, name: str, value: str) -> None:
    _matching(_HEADER_NAME, name, "header name")
    if name in mail or name.lower() in {"cc", "bcc", "sender", "mime-version"} or name.lower().startswith("content-"):
        raise MessageError(f"The header {name} cannot be added.")
    mail[name] = _checked(name, value)


def _add_bodies(mail: EmailMessage, text: str, html: str | None, calendar: Calendar | None) -> None:
    mail.set_content(_sound(text), cte=_encoding(text))
    if html is not None:
        mail.add_alternative(_sound(html), subtype="html", cte=_encoding(html))
    if calendar is not None:
        parameters = {"charset": "utf-8", "method": _matching(_METHOD, calendar.method, "calendar method")}
        mail.add_alternative(calendar.content, maintype="text", subtype="calendar", cte="base64", params=parameters)


def _with_stable_boundary(mail: EmailMessage, message_id: str) -> EmailMessage:
    if mail.is_multipart():
        # "=_" cannot stand in base64 or quoted-printable, so no part can hold the boundary (RFC 2045, 6.7).
        mail.set_boundary("=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32])
        for part in mail.iter_parts():
            del part["MIME-Version"]
    return mail


def _address(name: str, address: str) -> Address:
    mailbox = Mailbox(name, address)
    plain = " ".join(mailbox.name.translate(_UNSAFE_IN_NAME).split())
    return Address(display_name=plain, addr_spec=mailbox.address)


def _encoding(text: str) -> str:
    """Quoted-printable stays readable for Latin scripts; for the others base64 is half as long."""
    return "quoted-printable" if len(text.encode("utf-8", "replace")) <= 1.2 * len(text) else "base64"


def _sound(text: str) -> str:
    """The text without halves of characters, which cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked(name: str, value: str) -> str:
    if not is_one_line(value):
        raise MessageError(f"The {name} of a mail must be one line: {value!r}.")
    return value


def _matching(pattern: re.Pattern[str], value: str, what: str) -> str:
    if not pattern.fullmatch(value):
        raise MessageError(f"{value!r} cannot be the {what} of a mail.")
    return value


def _aware(date: datetime) -> datetime:
    if date.tzinfo is None:
        raise MessageError("The date of a mail needs a time zone.")
    return date
