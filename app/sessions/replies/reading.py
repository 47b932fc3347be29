"""From the bytes of a mail to what it means. Needs no database, and never raises.

Everything is limited before it is read (TRAPS T31): 10 MB of mail, 20 levels and 200 parts, 1 MB of calendar.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.sessions.calendar.text import one_line
from app.sessions.replies.bounces import delivery_of, worded_delivery_of
from app.sessions.replies.entries import ReadCalendar, read_calendar
from app.sessions.replies.headers import Headers, headers_of, sender_of, words
from app.sessions.replies.moments import written_at
from app.sessions.replies.parts import MOST_CALENDAR, Part, TooComplexError, parts_of
from app.sessions.replies.rules import Entry, Known, Mail, Reading, judge

_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar", "application/x-ics", "text/ics"})
_MAYBE = frozenset({"application/octet-stream", "text/plain", "application/x-unknown"})
_OUT_OF_OFFICE = re.compile(
    r"out of (the )?office|automatic reply|auto(matic)?[- ]?(reply|response|antwort)|autoreply|vacation|abwesen|"
    r"respuesta autom|r[ée]ponse automatique|absence du bureau|автоматический ответ|автоответ|tr[ảa] l[ờo]i t[ựu]|"
    r"fuera de (la )?oficina",
    re.IGNORECASE,
)
_ANSWERS = ("REPLY", "COUNTER")
_LONGEST_HEAD = 1024 * 1024


def read(raw: bytes, known: Known | None) -> Reading:
    """What a mail means for an entry of ours; `known` is None when no entry has its UID."""
    return judge(taken_apart(raw), known)


def taken_apart(raw: bytes) -> Mail:
    """The mail as far as it matters. A mail that is too large or too deep has nothing but its sender and subject."""
    try:
        return _mail(raw)
    except TooComplexError:
        head = headers_of(raw[:_LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0])
        return Mail(sender=sender_of(head), subject=_subject(head), is_too_complex=True)


def _mail(raw: bytes) -> Mail:
    parts = parts_of(raw)
    root = parts[0]
    headers = root.headers
    mail = Mail(
        sender=sender_of(headers),
        subject=_subject(headers),
        is_automatic=_is_automatic(root),
        is_disowned="dmarc=fail" in headers.get("authentication-results").lower().replace(" ", ""),
    )
    if delivery := delivery_of(parts):
        return replace(mail, delivery=delivery)
    calendars = list(_calendars(parts))
    method, found = _chosen(calendars) if calendars else (None, ())
    if method not in _ANSWERS and (delivery := worded_delivery_of(parts)):
        return replace(mail, delivery=delivery)
    if not calendars:
        return mail
    if method not in _ANSWERS and _is_out_of_office(headers):
        return mail
    written = written_at(headers.get("date"))
    entries = [replace(entry, stamp=entry.stamp or written) for entry in found]
    return replace(mail, method=method, entries=tuple(entries), has_calendar=True)


def texts(raw: bytes) -> list[str]:
    """What people can read in the mail itself, part by part, not in what it carries along."""
    try:
        parts = parts_of(raw)
    except TooComplexError:
        return []
    return [part.text() for part in parts if not part.is_inner and part.kind.startswith("text/")]


def _calendars(parts: Sequence[Part]) -> Iterator[tuple[str | None, ReadCalendar]]:
    """Each calendar of the mail itself, with the method that its heading names."""
    size = 0
    for part in parts:
        if part.is_inner or not _may_be_calendar(part):
            continue
        text = part.text(unfolded=True)
        if part.kind not in _CALENDARS and text.lstrip()[:15].upper() != "BEGIN:VCALENDAR":
            continue
        size += len(text.encode("utf-8", "replace"))
        if size > MOST_CALENDAR:
            raise TooComplexError
        yield part.parameters.get("method", "").strip().upper()[:20] or None, read_calendar(text)


def _may_be_calendar(part: Part) -> bool:
    if part.kind in _CALENDARS or part.filename.lower().endswith((".ics", ".vcs", ".ical")):
        return not part.kind.startswith(("multipart/", "message/"))
    return part.kind in _MAYBE and part.end - part.start <= 2 * MOST_CALENDAR


def _chosen(calendars: Sequence[tuple[str | None, ReadCalendar]]) -> tuple[str | None, Sequence[Entry]]:
    """The first calendar that answers, else the first. What the calendar says itself outranks its heading."""
    named = [(_method(calendar.method) or _method(method), calendar.entries) for method, calendar in calendars]
    return next((each for each in named if each[0] in _ANSWERS and each[1]), named[0])


def _method(text: str | None) -> str | None:
    return text if text and re.fullmatch(r"[A-Z-]{1,20}", text) else None


def _subject(headers: Headers) -> str:
    return one_line(words(headers.get("subject")))[:300]


def _is_automatic(root: Part) -> bool:
    headers = root.headers
    said = headers.get("auto-submitted").lower()
    return (
        (said != "" and not said.startswith("no"))
        or bool(headers.get("x-autoreply") or headers.get("x-autorespond"))
        or headers.get("precedence").lower() in {"auto_reply", "bulk", "junk", "list"}
        or root.kind == "multipart/report"
        or headers.get("return-path").replace(" ", "") == "<>"
        or _is_out_of_office(headers)
    )


def _is_out_of_office(headers: Headers) -> bool:
    if headers.get("auto-submitted").lower().startswith("auto-replied") or headers.get("x-autoreply"):
        return True
    return bool(_OUT_OF_OFFICE.search(words(headers.get("subject"))))
