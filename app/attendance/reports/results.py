"""What a report says, before and after it is understood. Frozen values, named as the samples name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.attendance.reports.moments import Written
from app.attendance.reports.spans import Span
from app.platform.tables import Value

ERRORS = frozenset({"date_invalid", "times_reversed"})
"""Problems that keep a row out."""


@dataclass(frozen=True)
class Source:
    """Rows of cells of one file, and its text when it is one."""

    rows: Sequence[Sequence[Value]]
    text: str | None = None


@dataclass(frozen=True)
class Line:
    """One row about somebody. `length` in seconds; `is_connection` when joining and leaving are those of one connection
    and not the first and the last of several."""

    row: int
    name: str
    email: str | None = None
    is_host: bool = False
    joined: Written | None = None
    left: Written | None = None
    length: int | None = None
    is_connection: bool = False


@dataclass(frozen=True)
class Event:
    """Somebody came or went."""

    row: int
    name: str
    at: Written
    has_joined: bool
    is_host: bool = False


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a file. Start and end are None where the report does not say them."""

    lines: tuple[Line, ...] = ()
    events: tuple[Event, ...] = ()
    start: Written | None = None
    end: Written | None = None
    host_email: str | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file as far as it can be read without knowing the order of its days. `is_planned_only` when it cannot say when
    the meeting was; `in_utc` when its times are not of the downloader's zone."""

    provider: str
    format: str
    occurrences: tuple[Occurrence, ...]
    is_planned_only: bool = False
    in_utc: bool = False

    @property
    def size(self) -> int:
        """How many rows say something about somebody."""
        return sum(len(each.lines) + len(each.events) for each in self.occurrences)


@dataclass(frozen=True)
class Known:
    """What the product knows of the meeting: the zone of the report, the day, the order of day and month, names of
    shared room devices, addresses of staff, the planned times."""

    zone: ZoneInfo
    session_date: date
    date_order: str | None = None
    rooms: tuple[str, ...] = ()
    staff_emails: tuple[str, ...] = ()
    planned: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Listed:
    """One person of the list to match against."""

    employee_number: str
    name: str
    local_name: str | None = None
    email: str | None = None
    phone: str | None = None


class Status(StrEnum):
    """How sure it is who a participant is."""

    EXACT = "exact"
    PROBABLE = "probable"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    ROOM = "room"


@dataclass(frozen=True)
class Match:
    """Who a participant may be: `places` in the list, and what speaks for it (email, employee_number, name, local_name,
    phone)."""

    status: Status
    places: tuple[int, ...] = ()
    by: str | None = None


@dataclass(frozen=True)
class Length:
    """How long one row says that somebody was there, where it names no connection; first and last moment, if any."""

    seconds: int
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True)
class Participant:
    """One name or address of the report. `spans` are what of its connections lies in the meeting, None where the report
    gives lengths only; `seconds` what they come to."""

    key: str
    display_name: str
    email: str | None
    host: bool
    connections: int
    spans: tuple[Span, ...] | None
    seconds: int
    first_joined: datetime | None = None
    last_left: datetime | None = None
    overlaps_itself: bool = False
    joins: tuple[Span, ...] = ()
    """The connections as the report has them."""
    lengths: tuple[Length, ...] = ()

    @property
    def minutes(self) -> int:
        return self.seconds // 60


@dataclass(frozen=True)
class PersonMinutes:
    """What the exact and the probable participants of one person come to, each minute once."""

    place: int
    seconds: int
    status: Status
    seen_as: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return self.seconds // 60


@dataclass(frozen=True)
class Problem:
    """Something wrong in a row, or in the whole file (row 0)."""

    file: str
    row: int
    code: str

    @property
    def severity(self) -> str:
        """error or warning"""
        return "error" if self.code in ERRORS else "warning"


@dataclass(frozen=True)
class Report:
    """A meeting as its files tell it. `seconds` of the meeting; a refused one has a reason and nobody in it."""

    files: tuple[str, ...]
    outcome: str
    reason: str | None = None
    refused_file: str | None = None
    provider: str | None = None
    format: str | None = None
    date_order: str | None = None
    parts: tuple[Span, ...] = ()
    seconds: int = 0
    participants: tuple[Participant, ...] = ()
    matches: tuple[Match, ...] = ()
    people: tuple[PersonMinutes, ...] = ()
    problems: tuple[Problem, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """True when the files were read, whatever single rows are like."""
        return self.outcome == "accepted"

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def counts(self) -> dict[str, int]:
        """Participants by status."""
        return {status.value: sum(match.status is status for match in self.matches) for status in Status}


class ReportRefused(Exception):
    """The file is not read. `reason` is one of the reasons of tables, or not_a_report, no_rows, date_order_unclear."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
