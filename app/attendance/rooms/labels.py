"""Words for connections."""

from typing import Any

from app.attendance.rooms.rules import Source
from app.platform.i18n import lazy

SOURCES: dict[Source, Any] = {
    Source.DECLARED: lazy("said by the factory"),
    Source.DOOR: lazy("seen at our link"),
    Source.REPORT: lazy("from the report of the meeting"),
}
