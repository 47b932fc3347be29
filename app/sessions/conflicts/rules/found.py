"""A conflict: of which kind, how heavy, and who may plan it all the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What speaks against a half-day."""

    TRAINER_BUSY = "trainer_busy"
    TRAINER_AWAY = "trainer_away"
    TRAINER_LANGUAGE = "trainer_language"
    TRAINER_UNQUALIFIED = "trainer_unqualified"
    INTERPRETER_BUSY = "interpreter_busy"
    INTERPRETER_LANGUAGE = "interpreter_language"
    ROOM_BUSY = "room_busy"
    ROOM_SMALL = "room_small"
    VENUE_BUSY = "venue_busy"
    """A room that is only named, used under the same name at the same time."""
    NOT_IN_USE = "not_in_use"
    """A room, an interpreter or a host account that the register no longer offers on that day."""
    HOST_BUSY = "host_busy"
    LINK_BUSY = "link_busy"
    PEOPLE_BUSY = "people_busy"
    LINE_RELEASE = "line_release"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    HOLIDAY_PROVISIONAL = "holiday_provisional"
    BREAK = "break"
    TRAVEL = "travel"


class Severity(StrEnum):
    """Whether somebody must accept it with a reason, or only read it."""

    STOPS = "stops"
    WARNS = "warns"


class Override(StrEnum):
    """Who may plan it all the same."""

    PLANNER = "planner"
    """Whoever plans: it burdens those who take part, and they are asked."""
    MANAGER = "manager"
    """Whoever runs the programme: it takes somebody or something away from another training session."""


_PLANNER = (Severity.STOPS, Override.PLANNER)
_MANAGER = (Severity.STOPS, Override.MANAGER)
_WARNS = (Severity.WARNS, Override.PLANNER)
WEIGHTS: dict[Kind, tuple[Severity, Override]] = {
    Kind.TRAINER_BUSY: _MANAGER,
    Kind.TRAINER_AWAY: _MANAGER,
    Kind.TRAINER_LANGUAGE: _PLANNER,
    Kind.TRAINER_UNQUALIFIED: _MANAGER,
    Kind.INTERPRETER_BUSY: _MANAGER,
    Kind.INTERPRETER_LANGUAGE: _WARNS,
    Kind.ROOM_BUSY: _MANAGER,
    Kind.ROOM_SMALL: _PLANNER,
    Kind.VENUE_BUSY: _WARNS,
    Kind.NOT_IN_USE: _PLANNER,
    Kind.HOST_BUSY: _MANAGER,
    Kind.LINK_BUSY: _PLANNER,
    Kind.PEOPLE_BUSY: _PLANNER,
    Kind.LINE_RELEASE: _PLANNER,
    Kind.REST_DAY: _PLANNER,
    Kind.HOLIDAY: _PLANNER,
    Kind.HOLIDAY_PROVISIONAL: _WARNS,
    Kind.BREAK: _WARNS,
    Kind.TRAVEL: _WARNS,
}
"""A provisional holiday may move by a day: it warns and never blocks (DOMAIN 7.4)."""


@dataclass(frozen=True)
class Other:
    """A half-day of another training session, by the clock on the wall of its zone."""

    meeting_id: int
    training_id: int
    starts_at: datetime
    ends_at: datetime
    starts: datetime
    ends: datetime
    zone: str
    title: Mapping[str, str] | None = None
    """The title of its course by language, for who may see that training session; else it is only another one."""
    code: str = ""


@dataclass(frozen=True)
class Conflict:
    """What speaks against one half-day. `facts` are what the sentence about it needs."""

    kind: Kind
    number: int
    key: str
    """The same for the same clash, however often it is found; in ids, without a name."""
    starts: datetime
    """When the half-day begins on the wall."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    other: Other | None = None

    @property
    def stops(self) -> bool:
        """Whether somebody must accept it with a reason."""
        return WEIGHTS[self.kind][0] is Severity.STOPS

    @property
    def override(self) -> Override:
        """Who may."""
        return WEIGHTS[self.kind][1]


def fingerprint(conflicts: Iterable[Conflict]) -> str:
    """Short and equal for the same conflicts in any order; empty for none."""
    keys = sorted({conflict.key for conflict in conflicts})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32] if keys else ""
