"""From rows to connections: when each name was there, and when the meeting was. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.attendance.reports.instants import Clock
from app.attendance.reports.moments import Written
from app.attendance.reports.names import identity
from app.attendance.reports.results import Event, Line, Occurrence, Problem, ReadFile
from app.attendance.reports.spans import Span

_RESTARTED_WITHIN = timedelta(hours=3)


@dataclass(frozen=True)
class Attended:
    """One row about somebody, in moments: a connection, or only its `length` in seconds."""

    name: str
    email: str | None
    is_host: bool
    span: Span | None = None
    length: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class Meeting:
    """One meeting of a file. `part` is None where neither the report nor its rows say when it was."""

    part: Span | None
    attended: list[Attended] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def moments_of(found: ReadFile) -> Iterator[Written]:
    """Every moment of a file."""
    for each in found.occurrences:
        told = [each.start, each.end, *(event.at for event in each.events)]
        for line in each.lines:
            told += [line.joined, line.left]
        yield from (moment for moment in told if moment)


def meetings_of(file: str, found: ReadFile, clock: Clock) -> list[Meeting]:
    """The meetings of a file, in moments."""
    return [_meeting(file, found, each, clock) for each in found.occurrences]


def _meeting(file: str, found: ReadFile, occurrence: Occurrence, clock: Clock) -> Meeting:
    start, end = clock.instant(occurrence.start), clock.instant(occurrence.end)
    part = (start, end) if start and end and start < end else None
    meeting = Meeting(part)
    times = {id(line): _times(file, line, clock, meeting) for line in occurrence.lines}
    events = [(moment, event) for event in occurrence.events if (moment := _at(file, event, clock, meeting))]
    said = [moment for line in occurrence.lines if line.is_connection for moment in times[id(line)] if moment]
    said += [moment for moment, _ in events]
    if part is None and said and not found.is_planned_only:
        meeting.part = (min(said), max(said)) if min(said) < max(said) else None
    last = meeting.part[1] if meeting.part else max(said, default=None)
    for line in occurrence.lines:
        meeting.attended += _attended(file, line, times[id(line)], last, occurrence.host_email, meeting)
    if events and last:
        meeting.attended += _paired(events, meeting.part or (min(said), last))
    return meeting


def _times(file: str, line: Line, clock: Clock, meeting: Meeting) -> Span | tuple[datetime | None, datetime | None]:
    joined = clock.instant(line.joined)
    left = clock.instant(line.left, after=joined)
    unread = (line.joined and not joined) or (line.left and not left) or (line.is_connection and not line.joined)
    if unread:
        meeting.problems.append(Problem(file, line.row, "date_invalid"))
    return joined, left


def _at(file: str, event: Event, clock: Clock, meeting: Meeting) -> datetime | None:
    moment = clock.instant(event.at)
    if moment is None:
        meeting.problems.append(Problem(file, event.row, "date_invalid"))
    return moment


def _attended(
    file: str, line: Line, times: tuple[datetime | None, datetime | None], last: datetime | None,
    host_email: str | None, meeting: Meeting,
) -> Iterator[Attended]:  # fmt: skip
    """A connection that has no end lasts until the meeting's."""
    joined, left = times
    is_host = line.is_host or (line.email is not None and line.email == host_email)
    if not line.is_connection:
        length = line.length if line.length is not None else 0
        if line.length is None and joined and left:
            length = max(0, int((left - joined).total_seconds()))
        yield Attended(line.name, line.email, is_host, length=length, first=joined, last=left)
        return
    end = left or last
    if joined is None or end is None or (line.left and not left):
        return
    if end < joined:
        if left:
            meeting.problems.append(Problem(file, line.row, "times_reversed"))
        return
    yield Attended(line.name, line.email, is_host, (joined, end))


def _paired(events: Sequence[tuple[datetime, Event]], part: Span) -> Iterator[Attended]:
    """Coming and going of each name in turn. Who never left stayed until the end; who left without having come was
    there from the start."""
    by_name: dict[str, list[tuple[datetime, Event]]] = {}
    for moment, event in events:
        by_name.setdefault(identity(event.name, None), []).append((moment, event))
    for listed in by_name.values():
        is_host = any(event.is_host for _, event in listed)
        for span in _spans(sorted(listed, key=lambda each: (each[0], not each[1].has_joined)), part):
            yield Attended(listed[0][1].name, None, is_host, span)


def _spans(events: Iterable[tuple[datetime, Event]], part: Span) -> Iterator[Span]:
    is_first, open_since = True, list[datetime]()
    for moment, event in events:
        if event.has_joined:
            open_since.append(moment)
        elif open_since:
            yield open_since.pop(0), moment
        elif is_first:
            yield part[0], moment
        is_first = False
    yield from ((since, part[1]) for since in open_since)


def of_session(meetings: Sequence[Meeting], clock: Clock) -> list[Meeting]:
    """Of several meetings those of the session: at its planned time, else those of its day and what was started again
    soon after. All of them when none is."""
    parts = [meeting.part for meeting in meetings if meeting.part]
    kept = [part for part in parts if any(_gap(part, planned) <= timedelta() for planned in clock.planned)]
    if not kept:
        today = [part for part in parts if part[0].astimezone(clock.zone).date() == clock.session_date]
        kept = [part for part in parts if any(_gap(part, other) <= _RESTARTED_WITHIN for other in today)]
    if len(parts) < 2 or not kept:
        return list(meetings)
    chosen = set(kept)
    return [meeting for meeting in meetings if meeting.part in chosen]


def _gap(one: Span, other: Span) -> timedelta:
    return max(one[0] - other[1], other[0] - one[1])
