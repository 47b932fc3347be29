"""How much trainers have to do in a week or a month. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.factories.structure.rules import is_rest_day
from app.sessions.planner.rules import Span
from app.sessions.rules import Modality, TrainingState

FIRM = frozenset({TrainingState.CONFIRMED, TrainingState.CLOSED})
"""Half-days of other training sessions may still be called off or moved."""


@dataclass(frozen=True)
class Taught:
    """One half-day of one trainer."""

    account_id: int
    training_id: int
    starts_at: datetime
    ends_at: datetime
    modality: Modality
    state: TrainingState

    @property
    def hours(self) -> float:
        return (self.ends_at - self.starts_at).total_seconds() / 3600


@dataclass(frozen=True)
class Load:
    """What one trainer does: hours by how people are together, and how many of them are not firm yet."""

    half_days: int = 0
    trainings: int = 0
    hours: float = 0.0
    by_modality: Mapping[Modality, float] = field(default_factory=dict)
    not_firm: float = 0.0

    def of(self, modality: Modality) -> float:
        return self.by_modality.get(modality, 0.0)


def load(taught: Iterable[Taught]) -> Load:
    """The half-days of one trainer added up."""
    rows = list(taught)
    return Load(
        half_days=len(rows),
        trainings=len({row.training_id for row in rows}),
        hours=sum(row.hours for row in rows),
        by_modality={each: sum(row.hours for row in rows if row.modality is each) for each in Modality},
        not_firm=sum(row.hours for row in rows if row.state not in FIRM),
    )


def leave_days(away: Iterable[tuple[date, date]], within: Span, rest_days: Collection[int]) -> int:
    """Working days on which somebody is away, given first and last days."""
    spans = list(away)
    days = (day for day in within.days if not is_rest_day(day, rest_days))
    return sum(any(first <= day <= last for first, last in spans) for day in days)
