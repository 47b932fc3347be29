"""A link that somebody pasted: it is handed on as it is, and never opened by us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.sessions.links.providers.interface import Attendee, Wanted
from app.sessions.links.rules import Holder, Provider


@dataclass(frozen=True)
class Pasted:
    """Of whatever provider; the meeting there is looked after by whoever made it."""

    url: str

    @property
    def kind(self) -> Provider:
        return Provider.PASTED

    @property
    def maker(self) -> str:
        return ""

    def open(self, wanted: Wanted) -> dict[str, Any]:
        return {}

    def close(self, wanted: Wanted) -> None:
        """It is not ours to end."""

    def attendees(self, wanted: Wanted) -> Sequence[Attendee]:
        return ()

    def address(self, wanted: Wanted, details: Mapping[str, Any], holder: Holder, at: datetime) -> str:
        return self.url
