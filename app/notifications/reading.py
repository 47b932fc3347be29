"""A mail as people read it, from the bytes that were sent."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from app.platform.i18n import _


@dataclass(frozen=True)
class ReadMail:
    """The parts of one mail; `source` is the mail byte for byte."""

    sender: str
    recipient: str
    date: str
    text: str
    calendar: str | None
    source: str


def read(raw: bytes) -> ReadMail:
    """Take a mail of ours apart."""
    message = message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError("The mail cannot be read.")
    parts = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
    calendar = parts.get("text/calendar")
    return ReadMail(
        sender=str(message["From"]),
        recipient=str(message["To"]),
        date=str(message["Date"]),
        text=str(parts["text/plain"].get_content()),
        calendar=_decoded(calendar) if calendar is not None else None,
        source=raw.decode("ascii", "replace").replace("\r\n", "\n"),
    )


def withheld(raw: bytes) -> ReadMail:
    """What may be told of a mail that holds a secret: to whom and when, not what."""
    message = message_from_bytes(raw, policy=default)
    return ReadMail(
        sender=str(message["From"]),
        recipient=str(message["To"]),
        date=str(message["Date"]),
        text=_("This mail holds a link that only its recipient may see."),
        calendar=None,
        source="",
    )


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(content, bytes) else ""
