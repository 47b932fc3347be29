"""A calendar of many entries as a file (RFC 5545, 7986)."""

from collections.abc import Iterable

from app.sessions.calendar.content import line
from app.sessions.calendar.invite import PRODUCT, Invite, by_wall_time, event_lines, zone_lines
from app.sessions.calendar.text import escaped, one_line

EVERY = "PT1H"
"""How often readers are asked to look again. Some look every few hours whatever they are asked."""


def calendar_bytes(name: str, invites: Iterable[Invite]) -> bytes:
    """The file with a name that readers show: each zone once, no guests, nothing to answer."""
    held = list(invites)
    title = escaped(one_line(name))
    zones = sorted({each.zone for each in held if by_wall_time(each)})
    return "".join((
        "BEGIN:VCALENDAR\r\n",
        line("VERSION", "2.0"),
        line("PRODID", PRODUCT),
        line("CALSCALE", "GREGORIAN"),
        line("METHOD", "PUBLISH"),
        line("NAME", title),
        line("X-WR-CALNAME", title),
        line("REFRESH-INTERVAL", EVERY, VALUE="DURATION"),
        line("X-PUBLISHED-TTL", EVERY),
        *(zone_lines(zone) for zone in zones),
        *(event_lines(each, with_people=False) for each in held),
        "END:VCALENDAR\r\n",
    )).encode()  # fmt: skip
