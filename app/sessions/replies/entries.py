"""Calendars as they come back, which are sloppier than the standard: read what is needed, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from app.sessions.calendar.text import cleaned
from app.sessions.replies.moments import Offsets, proposal, stamp
from app.sessions.replies.parts import TooComplexError
from app.sessions.replies.rules import Attendee, Entry

_NAMES = (
    "ATTENDEE", "BEGIN", "COMMENT", "DTEND", "DTSTAMP", "DTSTART", "DURATION", "END", "METHOD", "SEQUENCE",
    "TZID", "TZOFFSETTO", "UID", "X-MICROSOFT-CDO-APPT-SEQUENCE",
)  # fmt: skip
_LINE = re.compile(r"(?im)^[ \t]*(" + "|".join(_NAMES) + r")[ \t]*([;:][^\n]*)$")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*("[^"]*"|[^;"]*)')
_ADDRESS = re.compile(r":\s*mailto:", re.IGNORECASE)
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BROKEN = re.compile(r"\n(?![A-Za-z][\w.-]*[;:])(?=[^\n])")
"""A break without the space that folding puts behind it: what follows is no property."""
_UNFINISHED = re.compile(r"(?im)^((?:ATTENDEE|DTSTART|DTEND);[^\n:]*)\n")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_COMPONENTS, _MOST_LINES, _LONGEST, _LONGEST_COMMENT = 1_000, 200, 10_000, 1_000
_MOST_SEQUENCE = 2**31 - 1


@dataclass(frozen=True)
class Property:
    """One line of a calendar."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class _Component:
    """An event or a zone while it is read."""

    name: str
    lines: list[Property] = field(default_factory=list)

    def first(self, name: str) -> Property:
        return next((line for line in self.lines if line.name == name), Property(name, {}, ""))


@dataclass(frozen=True)
class ReadCalendar:
    """A calendar: its method in capitals, None when it names none, and its events."""

    method: str | None
    entries: tuple[Entry, ...]


def read_calendar(text: str) -> ReadCalendar:
    """Read a calendar, whatever its line ends and folding. Raises TooComplexError for one of very many pieces."""
    method: str | None = None
    open_: list[_Component] = []
    events: list[_Component] = []
    offsets: Offsets = {}
    begun = 0
    for line in _lines(text):
        if line.name == "BEGIN":
            begun += 1
            if begun > _MOST_COMPONENTS:
                raise TooComplexError
            open_.append(_Component(line.value.strip().upper()))
        elif line.name == "END":
            closed = open_.pop() if open_ else _Component("")
            if closed.name == "VEVENT":
                events.append(closed)
        elif line.name == "METHOD":
            method = method or line.value.strip().upper()[:20] or None
        elif open_ and len(open_[-1].lines) < _MOST_LINES:
            open_[-1].lines.append(line)
        if line.name == "TZOFFSETTO" and len(open_) > 1:
            offsets.setdefault(open_[-2].first("TZID").value.strip(), set()).add(line.value.strip())
    return ReadCalendar(method, tuple(_entry(event, offsets) for event in events))


def _lines(text: str) -> Iterator[Property]:
    text = _BREAKS.sub("\n", text).replace("\x00", "")
    text = text.replace("\n ", "").replace("\n\t", "")
    text = _UNFINISHED.sub(r"\1", _BROKEN.sub("", text))
    for match in _LINE.finditer(text):
        yield _property(match[1].upper(), match[2][:_LONGEST])


def _property(name: str, rest: str) -> Property:
    """Cut parameters from value; an address is found even behind a name in which nobody quoted a colon."""
    cut = -1
    for found in _ADDRESS.finditer(rest):
        cut = found.start()
    if name != "ATTENDEE" or cut < 0:
        cut = _first_colon(rest)
    pairs = ((match[1].upper(), match[2].strip().strip('"')) for match in _PARAMETER.finditer(rest[: max(cut, 0)]))
    return Property(name, dict(pairs), rest[cut + 1 :].strip())


def _first_colon(rest: str) -> int:
    """The colon at which the value begins: the first outside quotation marks."""
    is_quoted = False
    for at, character in enumerate(rest):
        if character == '"':
            is_quoted = not is_quoted
        elif character == ":" and not is_quoted:
            return at
    return rest.find(":")


def _entry(event: _Component, offsets: Offsets) -> Entry:
    times = {name: event.first(name) for name in ("DTSTART", "DTEND", "DURATION")}
    return Entry(
        uid=event.first("UID").value,
        sequence=_number(event.first("SEQUENCE").value or event.first("X-MICROSOFT-CDO-APPT-SEQUENCE").value),
        stamp=stamp(event.first("DTSTAMP").value),
        attendees=tuple(_attendee(line) for line in event.lines if line.name == "ATTENDEE"),
        comment=next(filter(None, (_text(line.value) for line in event.lines if line.name == "COMMENT")), ""),
        proposal=proposal(
            (times["DTSTART"].value, times["DTSTART"].parameters.get("TZID", "")),
            (times["DTEND"].value, times["DTEND"].parameters.get("TZID", "")),
            times["DURATION"].value,
            offsets,
        ),
    )


def _attendee(line: Property) -> Attendee:
    given = line.parameters
    addresses = filter(None, (_address(line.value), _address(given.get("EMAIL", ""))))
    return Attendee(
        tuple(dict.fromkeys(addresses)),
        given.get("PARTSTAT", "NEEDS-ACTION").strip().upper()[:40],
        _text(given.get("X-RESPONSE-COMMENT", "")),
    )


def _address(value: str) -> str:
    """The mail address of a calendar address; nothing for another kind of URI."""
    found = value.strip()
    if found[:7].lower() == "mailto:":
        found = found[7:]
    if "<" in found:
        found = found.partition("<")[2].partition(">")[0]
    found = unquote(found.partition("?")[0]).strip().lower()
    return found if "@" in found and not found.startswith(("urn:", "/")) else ""


def _text(value: str) -> str:
    r"""Text without its escapes; `\n` is a line break."""
    plain = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return cleaned(plain).strip()[:_LONGEST_COMMENT]


def _number(text: str) -> int:
    """A SEQUENCE; one that is missing or no number is 0 (RFC 5546)."""
    found = re.fullmatch(r"\+?0*(\d{1,10})", text.strip(), re.ASCII)
    return min(int(found[1]), _MOST_SEQUENCE) if found else 0
