"""What every meeting provider can do for us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from app.sessions.links.rules import Holder, Problem, Provider


class ProviderFault(Exception):
    """The provider could not do it; `problem` is what people are told, the text is for the log and holds no secret."""

    def __init__(self, problem: Problem, words: str) -> None:
        super().__init__(words)
        self.problem = problem


@dataclass(frozen=True)
class Wanted:
    """A room as it should be. `key` and `seed` are random; `length` is how long it may last at most."""

    key: str
    seed: str
    title: str
    length: timedelta
    most_people: int


@dataclass(frozen=True)
class Attendee:
    """Somebody in a room, as the provider calls them: `mark` is what we called them when they came in by our link."""

    mark: str
    name: str


class MeetingProvider(Protocol):
    """One account at one server. Whatever talks to the server may raise ProviderFault."""

    @property
    def kind(self) -> Provider: ...

    @property
    def maker(self) -> str:
        """Names server and account, without a secret."""

    def open(self, wanted: Wanted) -> dict[str, Any]:
        """Make the room, or find the one that was made before. What it answers is handed to the others as `details`."""

    def close(self, wanted: Wanted) -> None:
        """End it for everybody. One that is not there any more is no fault."""

    def attendees(self, wanted: Wanted) -> Sequence[Attendee] | None:
        """Who is in it now; None when it is not there."""

    def address(self, wanted: Wanted, details: Mapping[str, Any], holder: Holder, at: datetime) -> str:
        """A fresh signed link for one holder. Talks to nobody."""
