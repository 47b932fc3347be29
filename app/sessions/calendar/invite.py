"""An invitation as an iCalendar file: one VEVENT for one person and one meeting."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from app.platform.mail.address import Mailbox
from app.sessions.calendar.content import folded, line
from app.sessions.calendar.text import InviteError, cleaned, escaped, link, mailto, one_line, parameter
from app.sessions.calendar.zones import FIRST_YEAR, Observance, moment, names, observances, tells_truth
from app.sessions.rules.states import Participation

PRODUCT = "-//Seamwise//Training sessions//EN"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,100}")
_UID = re.compile(r"[A-Za-z0-9_-]{22,100}@[A-Za-z0-9.-]{1,100}")
_FORM = "%Y%m%dT%H%M%S"
_MOST_SEQUENCE = 2**31 - 1


class Method(StrEnum):
    """What the mail asks of the calendar (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    DECLINECOUNTER = "DECLINECOUNTER"
    """The other time that the attendee proposed is not taken; nothing changes."""


@dataclass(frozen=True, kw_only=True)
class Invite:
    """What one person's calendar should hold about one meeting. Raises InviteError.

    `starts` and `ends` are wall time at `zone`; `stamp` is aware and newer with each mail; `sequence` rises with each
    change of time, place, link or modality and with the cancellation; `uid` never changes. `organizer` is the sender
    of the mail. `participation` is what the attendee has answered to this time. `join_url` only for who joins from
    afar; `url` is the page of the meeting.
    """

    uid: str
    sequence: int
    stamp: datetime
    method: Method
    title: str
    description: str
    location: str
    join_url: str | None
    starts: datetime
    ends: datetime
    zone: str
    organizer: Mailbox
    attendee: Mailbox
    participation: Participation = Participation.NEEDS_ACTION
    url: str | None = None

    def __post_init__(self) -> None:
        for sound, what in (
            (_UID.fullmatch(self.uid), f"{self.uid!r} is not a UID of ours."),
            (0 <= self.sequence <= _MOST_SEQUENCE, f"The sequence {self.sequence} is out of range."),
            (one_line(self.title), "The meeting needs a title."),
            (self.stamp.tzinfo, "The stamp needs a time zone."),
            (self.starts.tzinfo is None and self.ends.tzinfo is None, "Start and end are wall time, without a zone."),
            (self.zone in names(), f"There is no time zone {self.zone!r}."),
        ):
            if not sound:
                raise InviteError(what)
        if moment(self.zone, self.starts) >= moment(self.zone, self.ends):
            raise InviteError("The meeting ends before it starts.")
        for url in filter(None, (self.join_url, self.url)):
            link(url)


def new_uid(token: str, domain: str) -> str:
    """The UID of one person and one meeting, from a random token of 128 bits or more (22 URL-safe characters)."""
    if not _TOKEN.fullmatch(token) or not _UID.fullmatch(f"{token}@{domain}"):
        raise InviteError("The token of a UID needs at least 22 URL-safe characters, its domain is plain.")
    return f"{token}@{domain}"


def calendar_bytes(invite: Invite) -> bytes:
    """The file: UTF-8, CRLF, lines of at most 75 octets.

    Times carry TZID and VTIMEZONE, so that an entry keeps its wall time when a country changes its clock at short
    notice. They are UTC instead where our rule and the tz database differ for this meeting, or its hour is skipped
    or repeated: then only UTC means the same to every reader.
    """
    head = line("VERSION", "2.0") + line("PRODID", PRODUCT) + line("CALSCALE", "GREGORIAN")
    zone = zone_lines(invite.zone) if by_wall_time(invite) else ""
    event = event_lines(invite)
    whole = f"{head}{line('METHOD', invite.method.value)}{zone}{event}"
    return f"BEGIN:VCALENDAR\r\n{whole}END:VCALENDAR\r\n".encode()


def by_wall_time(invite: Invite) -> bool:
    """Whether the times are written as the clock on the wall shows them; the file must then define the zone."""
    is_utc = invite.zone in {"UTC", "Etc/UTC"}
    return not is_utc and all(tells_truth(invite.zone, wall) for wall in (invite.starts, invite.ends))


def event_lines(invite: Invite, *, with_people: bool = True) -> str:
    """The event alone, with its line ends; without people - but for who organises it - it is one for a feed."""
    is_cancelled = invite.method is Method.CANCEL
    return "".join((
        "BEGIN:VEVENT\r\n",
        line("UID", invite.uid),
        line("SEQUENCE", str(invite.sequence)),
        line("DTSTAMP", f"{invite.stamp.astimezone(UTC):{_FORM}}Z"),
        _times(invite),
        _texts(invite.title, invite.description, invite.location, invite.join_url, invite.url),
        _people(invite) if with_people else _organizer(invite.organizer),
        line("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED"),
        line("TRANSP", "OPAQUE"),
        "END:VEVENT\r\n",
    ))  # fmt: skip


def _times(invite: Invite) -> str:
    times = (("DTSTART", invite.starts), ("DTEND", invite.ends))
    if by_wall_time(invite):
        return "".join(line(name, f"{wall:{_FORM}}", TZID=invite.zone) for name, wall in times)
    return "".join(line(name, f"{moment(invite.zone, wall):{_FORM}}Z") for name, wall in times)


@lru_cache(maxsize=256)
def _texts(title: str, description: str, location: str, join_url: str | None, url: str | None) -> str:
    """The same for all recipients who are told alike.

    Few readers know CONFERENCE (RFC 7986): the link is in the description too, and is the place if there is none.
    """
    description, location = cleaned(description).strip(), one_line(location)
    if join_url:
        location = location or join_url
        if join_url not in description.split():
            description = f"{description}\n\n{join_url}".strip()
    written = (("SUMMARY", one_line(title)), ("LOCATION", location), ("DESCRIPTION", description))
    found = "".join(line(name, escaped(value)) for name, value in written if value)
    if join_url:
        found += folded(f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:{join_url}")
    return found + (line("URL", url) if url else "")


def _people(invite: Invite) -> str:
    asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"}
    if invite.method is Method.REQUEST:
        asked |= {"PARTSTAT": invite.participation.name.replace("_", "-"), "RSVP": "TRUE"}
    return _organizer(invite.organizer) + _person("ATTENDEE", invite.attendee, asked)


@lru_cache(maxsize=8)
def _organizer(mailbox: Mailbox) -> str:
    return _person("ORGANIZER", mailbox, {})


def _person(name: str, mailbox: Mailbox, parameters: dict[str, str]) -> str:
    called = {"CN": common} if (common := parameter(mailbox.name)) else {}
    return line(name, mailto(mailbox.address), **called, **parameters)


@cache
def zone_lines(name: str) -> str:
    """The definition of a zone, with its line ends."""
    parts = sorted(observances(name), key=lambda part: part.offset)
    blocks = "".join(_observance(part, "DAYLIGHT" if part.offset > part.before else "STANDARD") for part in parts)
    return f"BEGIN:VTIMEZONE\r\n{line('TZID', name)}{blocks}END:VTIMEZONE\r\n"


def _observance(part: Observance, kind: str) -> str:
    rule = part.rrule()
    return "".join((
        f"BEGIN:{kind}\r\n",
        line("DTSTART", f"{part.onset(FIRST_YEAR):{_FORM}}"),
        line("TZOFFSETFROM", _offset(part.before)),
        line("TZOFFSETTO", _offset(part.offset)),
        line("TZNAME", part.name),
        line("RRULE", ";".join(f"{key}={value}" for key, value in rule.items())) if rule else "",
        f"END:{kind}\r\n",
    ))  # fmt: skip


def _offset(length: timedelta) -> str:
    minutes, seconds = divmod(abs(int(length.total_seconds())), 60)
    rest = f"{seconds:02}" if seconds else ""
    return f"{'-' if length < timedelta(0) else '+'}{minutes // 60:02}{minutes % 60:02}{rest}"
