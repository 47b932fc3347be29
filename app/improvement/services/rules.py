"""What a service is, and what of a log counts. Pure.

A service is logged after it took place, never before: a visit that nobody announced must not show beforehand, to anyone
(DOMAIN 5.3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from app.sessions.rules import Modality


class ServiceKind(StrEnum):
    """What was done."""

    ADVISORY_VISIT = "advisory_visit"
    TAILORED_TRAINING = "tailored_training"
    GROUP_SERVICE = "group_service"
    COMMITTEE_MEETING = "committee_meeting"


class ServiceNote(StrEnum):
    """What it was about, in fixed words: whoever writes freely writes names."""

    ACTIONS_REVIEWED = "actions_reviewed"
    COACHING = "coaching"
    COMMITTEE_ELECTED = "committee_elected"
    DATA_SHARED = "data_shared"
    FOLLOW_UP_NEEDED = "follow_up_needed"
    MANAGEMENT_ABSENT = "management_absent"
    ROOT_CAUSES = "root_causes"
    SELF_DIAGNOSIS = "self_diagnosis"
    WALK_THROUGH = "walk_through"
    WORKERS_HEARD = "workers_heard"


MOST_MINUTES = 24 * 60
MOST_PEOPLE = 10_000


@dataclass(frozen=True)
class Said:
    """A service as somebody says that it was. Numbers of people, never their names."""

    kind: ServiceKind
    theme: str | None
    mode: Modality
    held_on: date
    minutes: int
    women: int
    men: int
    notes: tuple[ServiceNote, ...] = ()
    action_ids: tuple[int, ...] = ()


class Fault(StrEnum):
    """Why it cannot be logged."""

    IN_FUTURE = "in_future"
    MINUTES = "minutes"
    PEOPLE = "people"
    THEME = "theme"


def faults(said: Said, day: date, themes: Iterable[str]) -> list[Fault]:
    """Everything that is wrong with it on a day of the factory."""
    found = []
    if said.held_on > day:
        found.append(Fault.IN_FUTURE)
    if not 0 < said.minutes <= MOST_MINUTES:
        found.append(Fault.MINUTES)
    if not (0 <= said.women <= MOST_PEOPLE and 0 <= said.men <= MOST_PEOPLE):
        found.append(Fault.PEOPLE)
    if said.theme is not None and said.theme not in set(themes):
        found.append(Fault.THEME)
    return found


class Row(Protocol):
    """A row of the log."""

    id: int
    corrects_id: int | None
    is_withdrawn: bool


R = TypeVar("R", bound=Row)


def counting(rows: Iterable[R]) -> list[R]:
    """The rows that count: those that no other row corrects, but for those that say that it did not take place."""
    every = list(rows)
    corrected = {each.corrects_id for each in every}
    return [each for each in every if each.id not in corrected and not each.is_withdrawn]
