"""What every part of a pack is made from: the factory, the time, who was there, and what was kept of the day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.learning_record.evidence.rules import Period
from app.platform.tables.writing import Cell


@dataclass(frozen=True)
class Named:
    """A cell that says who somebody is. It is kept apart from the others, so that it can be erased there."""

    person_id: int
    text: str


@dataclass(frozen=True)
class InPack:
    """A cell that names a file of the pack, or says why it is not there: it is `gone`, or its owner was `erased`."""

    path: str
    gone: str
    erased: str
    person_id: int | None
    """Whose it is; nobody's of a certificate of the factory."""


Said = Cell | Named | InPack


@dataclass(frozen=True)
class About:
    """A factory and a time. `zone` is that of its programme."""

    factory_id: int
    code: str
    name: str
    local_name: str
    script: str
    """The language in which the local name is."""
    programme: str
    programme_id: int
    zone: str
    period: Period
    language: str

    @property
    def begins(self) -> datetime:
        return self.period.begins(self.zone)

    @property
    def ends(self) -> datetime:
        return self.period.ends(self.zone)

    @property
    def known(self) -> datetime:
        return self.period.known(self.zone)

    def day(self, at: datetime) -> str:
        """The day where the factory is."""
        return at.astimezone(ZoneInfo(self.zone)).date().isoformat()

    def moment(self, at: datetime | None) -> str:
        """To the second, with the zone of the factory; empty for none."""
        return f"{at.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M:%S %z}" if at else ""

    def then(self, at: datetime | None) -> datetime | None:
        """What happened, unless it was later than what is known."""
        return at if at is not None and at < self.known else None


@dataclass(frozen=True)
class Worker:
    """Somebody's time at the factory under one number, in one role, on one line."""

    employment_id: int
    person_id: int
    number: Named
    name: Named
    local_name: Named
    sex: str
    role: str
    line: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Table:
    """A list of the pack: each becomes a workbook and a CSV file of this name. A row is in its place whoever asks."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Said]]


@dataclass(frozen=True)
class Source:
    """What the parts read from. `people` are those at the factory in the time, by person: the latest that held;
    `meetings` are the half-days, as `members.sessions` reads them.
    """

    about: About
    meetings: Sequence[Sequence[Any]]
    workers: Sequence[Worker]
    people: Mapping[int, Worker] = field(default_factory=dict)


def latest_of(workers: Sequence[Worker]) -> dict[int, Worker]:
    """Of each person the row that began last."""
    return {each.person_id: each for each in sorted(workers, key=lambda each: (each.started_on, each.employment_id))}


def text_of(value: Any) -> str:
    """A cell of a word that may be missing."""
    return "" if value is None else str(value)


def in_steps(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """So many at a time, for statements that name them one by one."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
