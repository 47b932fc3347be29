"""What stands on a sheet. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signer:
    """Somebody who is expected. `code` is what the code of the row says."""

    name: str
    local_name: str
    language: str
    number: str
    factory: str
    code: str


@dataclass(frozen=True)
class Sheet:
    """The sheet of one half-day at one place, by the clock on the wall there."""

    titles: Mapping[str, str]
    code: str
    half_day: int
    starts: datetime
    ends: datetime
    country: str
    """Whose calendar and clock stand beside ours, where it has its own."""
    place: str
    trainers: Sequence[str]
    language: str
    people: Sequence[Signer]
    sheet_code: str

    @property
    def has_factories(self) -> bool:
        """Whether people of several factories sign it."""
        return len({signer.factory for signer in self.people}) > 1
