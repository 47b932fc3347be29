"""Taking mails apart the way a mail program does, and asking calendar programs that did not write them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from app.sessions.calendar.faults import faults
from tests.peers.calendars import READERS, Seen, _load


@dataclass(frozen=True)
class Got:
    """A calendar mail as it arrived."""

    recipient: str
    mail: EmailMessage
    ics: bytes

    def value(self, name: str) -> str:
        """The value of the first property of this name in the event."""
        event = self.ics.replace(b"\r\n ", b"").decode().partition("BEGIN:VEVENT")[2]
        return re.search(rf'^{name}(?:;(?:"[^"]*"|[^":\r])*)?:(.*)\r$', event, re.MULTILINE)[1]

    @property
    def method(self) -> str:
        return re.search(rb"^METHOD:(.*)\r$", self.ics, re.MULTILINE)[1].decode()

    @property
    def sequence(self) -> int:
        return int(self.value("SEQUENCE"))

    @property
    def uid(self) -> str:
        return self.value("UID")

    @property
    def text(self) -> str:
        return self.mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def got(raw: bytes) -> Got | None:
    """The calendar part of a mail, with everything that must hold for any mail of ours; None for a mail without one."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return None
    (part,) = parts  # one event a mail
    ics = part.get_payload(decode=True)
    found = Got(mail["To"].addresses[0].addr_spec, mail, ics)
    assert [one.get_content_type() for one in mail.walk()] == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    assert part["Content-Disposition"] is None
    assert faults(ics) == []
    assert all(len(line) <= 75 and line.decode() is not None for line in ics.split(b"\r\n"))
    assert part.get_param("method") == found.method and ics.count(b"\r\nBEGIN:VEVENT") == 1
    assert found.value("ORGANIZER") == f"mailto:{mail['From'].addresses[0].addr_spec}"
    assert found.value("ATTENDEE") == f"mailto:{found.recipient}" and ics.count(b"\r\nATTENDEE") == 1
    return found


def seen(ics: bytes) -> Seen:
    """What three or four readers see, who must agree."""
    readers = {name: reader for name, reader in READERS.items() if name != "libical" or _load()}
    found = {name: reader(ics) for name, reader in readers.items()}
    assert len(found) >= 3 and len(set(found.values())) == 1, found
    return next(iter(found.values()))


def stamp(entry: Got) -> datetime:
    return datetime.strptime(entry.value("DTSTAMP"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
