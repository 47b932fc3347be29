"""An invitation as an iCalendar file: one VEVENT for one person and one meeting."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vUri

from app.platform.mail.address import Mailbox
from app.sessions.calendar.text import InviteError, cleaned, escaped, link, mailto, one_line, parameter
from app.sessions.calendar.zones import FIRST_YEAR, Observance, moment, names, observances, tells_truth
from app.sessions.rules.states import Participation

PRODUCT = "-//Seamwise//Training sessions//EN"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,100}")
_UID = re.compile(r"[A-Za-z0-9_-]{22,100}@[A-Za-z0-9.-]{1,100}")
_MOST_SEQUENCE = 2**31 - 1


class Method(StrEnum):
    """What the mail asks of the calendar (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


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
    file = Calendar()
    head = {"VERSION": "2.0", "PRODID": PRODUCT, "CALSCALE": "GREGORIAN", "METHOD": invite.method.value}
    for name, value in head.items():
        file.add(name, value)
    if _by_wall_time(invite):
        file.add_component(_timezone(invite.zone))
    file.add_component(_event(invite))
    return bytes(file.to_ical(sorted=False))


def _by_wall_time(invite: Invite) -> bool:
    is_utc = invite.zone in {"UTC", "Etc/UTC"}
    return not is_utc and all(tells_truth(invite.zone, wall) for wall in (invite.starts, invite.ends))


def _event(invite: Invite) -> Event:
    event = Event()
    event.add("UID", invite.uid)
    event.add("SEQUENCE", invite.sequence)
    event.add("DTSTAMP", invite.stamp.astimezone(UTC))
    _add_times(event, invite)
    event.add("SUMMARY", escaped(one_line(invite.title)))
    _add_texts(event, invite)
    _add_people(event, invite)
    event.add("STATUS", "CANCELLED" if invite.method is Method.CANCEL else "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    return event


def _add_times(event: Event, invite: Invite) -> None:
    for name, wall in (("DTSTART", invite.starts), ("DTEND", invite.ends)):
        if _by_wall_time(invite):
            event.add(name, wall, parameters={"TZID": invite.zone})
        else:
            event.add(name, moment(invite.zone, wall))


def _add_texts(event: Event, invite: Invite) -> None:
    """Few readers know CONFERENCE (RFC 7986): the link is in the description too, and is the place if there is none."""
    description, location = cleaned(invite.description).strip(), one_line(invite.location)
    if invite.join_url:
        place = vUri(invite.join_url)
        place.params.update({"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]})
        event.add("CONFERENCE", place)
        location = location or invite.join_url
        if invite.join_url not in description.split():
            description = f"{description}\n\n{invite.join_url}".strip()
    for name, value in (("LOCATION", location), ("DESCRIPTION", description)):
        if value:
            event.add(name, escaped(value))
    if invite.url:
        event.add("URL", invite.url)


def _add_people(event: Event, invite: Invite) -> None:
    event.add("ORGANIZER", _person(invite.organizer))
    attendee = _person(invite.attendee)
    attendee.params.update({"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"})
    if invite.method is Method.REQUEST:
        answered = invite.participation.name.replace("_", "-")
        attendee.params.update({"PARTSTAT": answered, "RSVP": "TRUE"})
    event.add("ATTENDEE", attendee)


def _person(mailbox: Mailbox) -> vCalAddress:
    person = vCalAddress(mailto(mailbox.address))
    if name := parameter(mailbox.name):
        person.params["CN"] = name
    return person


def _timezone(name: str) -> Timezone:
    zone, parts = Timezone(), observances(name)
    zone.add("TZID", name)
    for part in sorted(parts, key=lambda part: part.offset):
        zone.add_component(_observance(part, is_summer=part.offset > part.before))
    return zone


def _observance(part: Observance, *, is_summer: bool) -> TimezoneStandard | TimezoneDaylight:
    block = TimezoneDaylight() if is_summer else TimezoneStandard()
    block.add("DTSTART", part.onset(FIRST_YEAR))
    block.add("TZOFFSETFROM", part.before)
    block.add("TZOFFSETTO", part.offset)
    block.add("TZNAME", part.name)
    if rule := part.rrule():
        block.add("RRULE", vRecur(rule))
    return block
