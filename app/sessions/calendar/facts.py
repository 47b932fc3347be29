"""What somebody is told about one half-day: the same facts for the mail, the entry in the calendar and the feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.sessions.rules.states import Modality


class Part(StrEnum):
    """What can change about a half-day, in the order in which it is told."""

    TITLE = "title"
    TIME = "time"
    PLACE = "place"
    LINK = "link"
    MODALITY = "modality"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Times are wall time at `zone`; `places` are where this recipient goes; `join_url` only for who joins by it."""

    title: str
    starts: datetime
    ends: datetime
    zone: str
    places: tuple[str, ...]
    join_url: str | None
    modality: Modality

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Facts | None":
        """From what an invitation stores; None when that is nothing."""
        if not told:
            return None
        return cls(
            title=told["title"],
            starts=datetime.fromisoformat(told["starts"]),
            ends=datetime.fromisoformat(told["ends"]),
            zone=told["zone"],
            places=tuple(told["places"]),
            join_url=told["join_url"],
            modality=Modality(told.get("modality", Modality.HYBRID)),
        )

    def stored(self) -> dict[str, Any]:
        """As an invitation stores it."""
        return {
            "title": self.title,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "zone": self.zone,
            "places": list(self.places),
            "join_url": self.join_url,
            "modality": self.modality.value,
        }

    @property
    def when(self) -> tuple[datetime, datetime, str]:
        return self.starts, self.ends, self.zone

    def changed_from(self, was: "Facts | None") -> tuple[Part, ...]:
        """What is different from what was told before; nothing when there was nothing before."""
        if was is None:
            return ()
        pairs = {
            Part.TITLE: (was.title, self.title),
            Part.TIME: (was.when, self.when),
            Part.PLACE: (was.places, self.places),
            Part.LINK: (was.join_url, self.join_url),
            Part.MODALITY: (was.modality, self.modality),
        }
        return tuple(part for part, (before, after) in pairs.items() if before != after)
