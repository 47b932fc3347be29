"""Teams live events: events by browser session, in UTC."""

from app.attendance.reports.formats.lines import LONGEST_NAME, numbered
from app.attendance.reports.layouts import written
from app.attendance.reports.moments import read_moment
from app.attendance.reports.results import Event, Occurrence, ReadFile, Source
from app.attendance.reports.vocabulary import action, is_organizer, key
from app.factories.roster.text import as_text

_NEEDED = ("fullname", "utceventtimestamp", "action")


def read(source: Source) -> ReadFile | None:
    """SessionId, ParticipantId, FullName, UserAgent, UtcEventTimestamp, Action, Role."""
    rows = numbered(source.rows, 0)
    header = [key(as_text(value)) for value in rows[0][1]] if rows else []
    if not set(_NEEDED) <= set(header):
        return None
    name, at, did = map(header.index, _NEEDED)
    role = header.index("role") if "role" in header else None
    events = []
    for number, row in rows[1:]:
        cells = [*row, *[None] * (len(header) - len(row))]
        moment, doing = read_moment(cells[at]), action(written(cells[did]))
        if moment and doing and written(cells[name]):
            is_host = role is not None and is_organizer(written(cells[role]))
            events.append(Event(number, written(cells[name])[:LONGEST_NAME], moment, doing == "joined", is_host))
    return ReadFile("teams", "teams-live-events", (Occurrence(events=tuple(events)),), in_utc=True)
