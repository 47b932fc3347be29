"""What somebody who plans has decided, before it is made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.sessions.links.rules import Provider
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import HalfDay


class Where(StrEnum):
    """Names of sites that a plan does not know by number yet; a factory's room is `factory-<id>`."""

    VENUE = "venue"
    REMOTE = "remote"


def room_of(factory_id: int) -> str:
    """How a plan names the room of a factory."""
    return f"factory-{factory_id}"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What can be said of a half-day besides its times, modality and link. None of `site_ids` stands for all sites."""

    language: str | None = None
    interpreter_ids: tuple[int, ...] = ()
    host_id: int | None = None
    site_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class PlannedHalfDay:
    """A half-day to be held, by the clock on the wall. `sites` are named as in `Where`; none stands for all."""

    when: HalfDay
    modality: Modality
    join_url: str | None = None
    language: str | None = None
    interpreter_ids: tuple[int, ...] = ()
    host_id: int | None = None
    sites: tuple[str, ...] = ()
    provider: Provider = Provider.PASTED
    """With another one there is no link yet: a room is made when it is confirmed."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a trainer has decided. A factory in `factory_ids` gets a room that joins by link, and with `group_id` every
    factory of the group does where there are places by link. Without half-days it is to be announced in the month
    `expected_on`; a draft may lack both.
    """

    programme_id: int
    version_id: int
    language: str
    half_days: tuple[PlannedHalfDay, ...]
    trainer_ids: tuple[int, ...]
    capacity_in_person: int
    capacity_virtual: int
    venue: str | None = None
    room_id: int | None = None
    factory_ids: tuple[int, ...] = ()
    remote: bool = False
    group_id: int | None = None
    expected_on: date | None = None
    is_draft: bool = False
