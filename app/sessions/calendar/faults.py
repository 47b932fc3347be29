"""A strict reading of our own invitations. Never for what others send: replies are sloppier than the standard.

It knows the one shape that `calendar_bytes` writes and also sees what calendar libraries overlook: a zone without its
definition, a long line, a raw separator in a text, a person who is no URI.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from app.platform.mail.address import AddressError, single_address

_QUOTED_OR_PLAIN = r'(?:"[^"\x00-\x1f\x7f]*"|[^";:\x00-\x1f\x7f]*)'
_LINE = re.compile(rf"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+={_QUOTED_OR_PLAIN})*):(?P<value>.*)")
_PARAMETER = re.compile(r';([A-Z-]+)=("[^"]*"|[^";:]*)')
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
_WALL, _UTC = re.compile(r"\d{8}T\d{6}"), re.compile(r"\d{8}T\d{6}Z")
_OFFSET = re.compile(r"[+-]\d{4}(\d{2})?")
_TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "TZID", "TZNAME", "PRODID"}
_NEEDED = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"}
_POSSIBLE = _NEEDED | {"LOCATION", "DESCRIPTION", "URL", "CONFERENCE"}
_RULE = {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
_CALENDAR = ("VCALENDAR",)
_EVENT, _ZONE = (*_CALENDAR, "VEVENT"), (*_CALENDAR, "VTIMEZONE")
_PLACES = {_CALENDAR, _EVENT, _ZONE, (*_ZONE, "STANDARD"), (*_ZONE, "DAYLIGHT")}
_ANSWERS = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}
_STATUS = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED", "DECLINECOUNTER": "CONFIRMED"}


@dataclass(frozen=True)
class _Property:
    path: tuple[str, ...]
    name: str
    parameters: dict[str, str]
    value: str


def faults(ics: bytes) -> list[str]:
    """Everything that is wrong with a file of ours, in words; empty when it is right."""
    found = _octets(ics)
    try:
        properties = _properties(ics)
    except ValueError as fault:
        return [*found, str(fault)]
    found += _calendar(properties) + _event(properties) + _zones(properties)
    return found + [fault for one in properties for fault in _value(one)]


def _octets(ics: bytes) -> list[str]:
    found = [] if ics.endswith(b"\r\n") else ["The file does not end with a line end."]
    lines = ics.split(b"\r\n")
    found += [f"Line {number} has a control character." for number, line in enumerate(lines, 1) if _has_control(line)]
    found += [f"Line {number} is longer than 75 octets." for number, line in enumerate(lines, 1) if len(line) > 75]
    return found + [f"Line {number} is not UTF-8." for number, line in enumerate(lines, 1) if not _is_utf8(line)]


def _has_control(line: bytes) -> bool:
    return any(octet < 0x20 or octet == 0x7F for octet in line)


def _is_utf8(line: bytes) -> bool:
    return "\ufffd" not in line.decode("utf-8", "replace")


def _properties(ics: bytes) -> list[_Property]:
    """Every property with the components around it. Raises ValueError where the nesting or a line is broken."""
    path: list[str] = []
    found = []
    for line in ics.decode("utf-8", "replace").replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise ValueError(f"This is no content line: {line!r}.")
        if parts["name"] == "END":
            if not path or path.pop() != parts["value"]:
                raise ValueError(f"{line} ends what was not begun.")
            continue
        if parts["name"] == "BEGIN":
            path.append(parts["value"])
        parameters = {name: value.strip('"') for name, value in _PARAMETER.findall(parts["parameters"])}
        found.append(_Property(tuple(path), parts["name"], parameters, parts["value"]))
    if path:
        raise ValueError(f"{path[-1]} does not end.")
    return found


def _calendar(properties: list[_Property]) -> list[str]:
    begun = Counter(one.path for one in properties if one.name == "BEGIN")
    head = Counter(one.name for one in properties if one.path == _CALENDAR)
    wanted = {"BEGIN": 1, "VERSION": 1, "PRODID": 1, "CALSCALE": 1, "METHOD": 1}
    found = [] if head == wanted else [f"The calendar's own properties are {dict(head)}."]
    if begun[_CALENDAR] != 1 or begun[_EVENT] != 1 or properties[0].path != _CALENDAR:
        found.append("There is not exactly one calendar with one event.")
    return found + [f"{path[-1]} has no place here." for path in begun if path not in _PLACES]


def _event(properties: list[_Property]) -> list[str]:
    count = Counter(one.name for one in properties if one.path == _EVENT and one.name != "BEGIN")
    found = [f"{name} is missing." for name in sorted(_NEEDED - count.keys())]
    found += [f"{name} has no place in an event." for name in sorted(count.keys() - _POSSIBLE)]
    found += [f"{name} is there {times} times." for name, times in sorted(count.items()) if times > 1]
    values = {one.name: one.value for one in properties if one.path in {_CALENDAR, _EVENT}}
    if _STATUS.get(values.get("METHOD", "")) != values.get("STATUS"):
        found.append("Method and status do not agree.")
    if values.get("DTSTART", "") >= values.get("DTEND", ""):
        found.append("The event ends before it starts.")
    return found + (_request(properties) if values.get("METHOD") == "REQUEST" else [])


def _request(properties: list[_Property]) -> list[str]:
    attendees = [one for one in properties if one.name == "ATTENDEE"]
    found = [f"{one.value} is not asked." for one in attendees if one.parameters.get("RSVP") != "TRUE"]
    return found + [
        f"{one.value} has answered nothing that exists." for one in attendees
        if one.parameters.get("PARTSTAT") not in _ANSWERS
    ]


def _zones(properties: list[_Property]) -> list[str]:
    defined = Counter(one.value for one in properties if one.name == "TZID")
    used = {one.parameters["TZID"] for one in properties if "TZID" in one.parameters}
    found = [f"The zone {name} is used but not defined." for name in sorted(used - defined.keys())]
    found += [f"The zone {name} is defined but not used." for name in sorted(defined.keys() - used)]
    found += [f"The zone {name} is defined twice." for name, times in sorted(defined.items()) if times > 1]
    return found + (_observances(properties) if defined else [])


def _observances(properties: list[_Property]) -> list[str]:
    """Each half of a zone whole, from 1970, with a rule exactly when there are two."""
    places = [number for number, one in enumerate(properties) if one.name == "BEGIN"] + [len(properties)]
    blocks = [properties[a:b] for a, b in pairwise(places) if properties[a].path[1:2] == ("VTIMEZONE",)]
    halves = [{one.name: one.value for one in block[1:]} for block in blocks if len(block[0].path) == 3]
    wanted = _RULE if len(halves) == 1 else _RULE | {"RRULE"}
    found = [] if len(halves) in {1, 2} else [f"A zone has {len(halves)} parts."]
    found += ["A part of a zone is not whole." for half in halves if half.keys() != wanted]
    return found + [
        "A part of a zone starts late." for half in halves if not half.get("DTSTART", "").startswith("1970")
    ]


def _value(one: _Property) -> list[str]:
    if one.name in _TEXTS and not one.value:
        return [f"{one.name} is empty."]
    if one.name in _TEXTS and not _TEXT.fullmatch(one.value):
        return [f"{one.name} holds a raw separator."]
    if one.name in {"DTSTART", "DTEND", "DTSTAMP"}:
        wall = "TZID" in one.parameters or "VTIMEZONE" in one.path
        return [] if (_WALL if wall else _UTC).fullmatch(one.value) else [f"{one.name} is not a time: {one.value}."]
    if one.name in {"TZOFFSETFROM", "TZOFFSETTO"} and not _OFFSET.fullmatch(one.value):
        return [f"{one.name} is not an offset."]
    if one.name == "SEQUENCE" and not re.fullmatch(r"0|[1-9]\d{0,9}", one.value):
        return ["SEQUENCE is not a number."]
    return _address(one)


def _address(one: _Property) -> list[str]:
    if one.name in {"ORGANIZER", "ATTENDEE"}:
        return [] if _is_mailto(one.value) else [f"{one.name} is not the address of one person."]
    if one.name == "CONFERENCE" and one.parameters.get("VALUE") != "URI":
        return ["CONFERENCE does not say that it is a URI."]
    if one.name in {"CONFERENCE", "URL"} and not re.fullmatch(r"https://[!-~]+", one.value):
        return [f"{one.name} is not a link."]
    return []


def _is_mailto(value: str) -> bool:
    scheme, _, address = value.partition(":")
    try:
        # The checked form must be the written one: no upper case domain, no blank, no second address.
        return scheme == "mailto" and single_address(address.replace("%", "")) == address.replace("%", "")
    except AddressError:
        return False
