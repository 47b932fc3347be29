"""Mails as calendars and mail servers send them. People and factories are invented."""

import base64
import quopri
from collections.abc import Sequence
from datetime import UTC, datetime

from app.sessions.replies.rules import Known

UID = "Zk3vQ8yT1mN5pR7sW9xB2cD4@seamwise.example"
ME, OFFICE, OTHER = "sok.sophea@mill.example", "training@seamwise.example", "someone@elsewhere.example"
KNOWN = Known(UID, 2, ME, OFFICE)


def calendar(
    *,
    uid: str = UID,
    method: str | None = "REPLY",
    partstat: str | None = "ACCEPTED",
    attendee: str | None = ME,
    sequence: str | None = "2",
    stamp: str | None = "20260510T030000Z",
    starts: str = "DTSTART:20260514T010000Z",
    ends: str = "DTEND:20260514T040000Z",
    more: Sequence[str] = (),
    end: str = "\r\n",
) -> str:
    """A calendar with one event, without the lines that are None."""
    says = f";PARTSTAT={partstat}" if partstat is not None else ""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Invented//EN",
        *([f"METHOD:{method}"] if method else []),
        "BEGIN:VEVENT", f"UID:{uid}", starts, ends, "SUMMARY:SST half-day 1",
        *([f"DTSTAMP:{stamp}"] if stamp else []),
        *([f"SEQUENCE:{sequence}"] if sequence is not None else []),
        *([f"ATTENDEE{says}:mailto:{attendee}"] if attendee else []),
        *more,
        "END:VEVENT", "END:VCALENDAR",
    ]
    return end.join(lines) + end


def mail(
    body: str | bytes,
    *,
    sender: str = ME,
    kind: str = "text/calendar; charset=utf-8; method=REPLY",
    encoding: str = "8bit",
    subject: str = "Accepted: SST half-day 1",
    headers: Sequence[str] = (),
    message_id: str = "<1.invented@mail.example>",
) -> bytes:
    """A mail whose body has this kind and encoding."""
    content = body.encode() if isinstance(body, str) else body
    encoded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(content)
    lines = [
        f"From: {sender}", f"To: Seamwise <{OFFICE}>", f"Subject: {subject}", "Date: Sun, 10 May 2026 10:00:00 +0700",
        f"Message-ID: {message_id}", *headers, "MIME-Version: 1.0", f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {encoding}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + encoded


def mixed(*parts: tuple[str, str | bytes], subtype: str = "mixed", boundary: str = "inv_1", **heading: object) -> bytes:
    """A mail of parts, each with the lines of its own heading."""
    pieces = [b"Preamble\r\n"]
    for heading_lines, content in parts:
        pieces += [f"--{boundary}\r\n{heading_lines}\r\n\r\n".encode(), content.encode() if isinstance(content, str) else content, b"\r\n"]
    body = b"".join([*pieces, f"--{boundary}--\r\n".encode()])
    return mail(body, kind=f'multipart/{subtype}; boundary="{boundary}"', **heading)  # type: ignore[arg-type]


def report(*, recipient: str = ME, action: str = "failed", status: str = "5.1.1", message_id: str = "<gone@seamwise.example>", inner: str = "") -> bytes:
    """A delivery report; the mail that came back is inside."""
    original = f"From: {OFFICE}\r\nTo: {recipient}\r\nMessage-ID: {message_id}\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n{inner}"
    return mixed(
        ("Content-Type: text/plain", "Your message could not be delivered."),
        ("Content-Type: message/delivery-status", f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"),
        ("Content-Type: message/rfc822", original),
        subtype="report; report-type=delivery-status",
        sender="MAILER-DAEMON@mail.example", subject="Undelivered Mail Returned to Sender", headers=["Auto-Submitted: auto-replied"],
    )


def moment(hour: int, day: int = 14) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)
