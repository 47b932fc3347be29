"""The files of each meeting tool, as far as they can be read without knowing the order of their days."""

from app.attendance.reports.formats import (
    bigbluebutton,
    meet,
    teams_events,
    teams_live,
    teams_sections,
    zoom,
    zoom_webinar,
)
from app.attendance.reports.results import ReadFile, Source

_READERS = (
    teams_sections.read,
    teams_live.read,
    bigbluebutton.read,
    teams_events.read,
    zoom_webinar.read,
    zoom.read,
    meet.read,
    teams_sections.read_plain,
)


def recognise(source: Source) -> ReadFile | None:
    """What the file says, or None when it is no report that is known here."""
    return next((found for read in _READERS if (found := read(source))), None)
