"""When the quiz before a training session and the one months after it are open, and who is asked. Pure."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.sessions.rules import TrainingState

BEFORE = timedelta(days=7)
"""How long before the first half-day the quiz before it opens (DOMAIN 2.7: one week before)."""
OPEN_FOR = timedelta(weeks=4)
"""How long the quiz months later is open."""
LAST_CALL = timedelta(days=7)
"""So long before it closes the factory is reminded once more."""
USUAL_MONTHS = 6
HELD = (TrainingState.CONFIRMED, TrainingState.CLOSED)
"""Training sessions that have such quizzes."""


class Asked(StrEnum):
    """Where a person stands with such a quiz."""

    ANSWERED = "answered"
    MISSING = "missing"
    LEFT = "left"
    """Works no longer at the factory that sent the person."""
    WITHDREW = "withdrew"
    """Has no seat any more."""


class Stage(StrEnum):
    """Where such a quiz stands."""

    COMING = "coming"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True)
class Times:
    """From when until when it is open."""

    opens_at: datetime
    closes_at: datetime


def before(first_start: datetime) -> Times:
    """The week until the first half-day begins."""
    return Times(first_start - BEFORE, first_start)


def after(last_end: datetime, months: int | None) -> Times:
    """Four weeks from the same day so many months after the last half-day, or the month's last day."""
    opens_at = months_later(last_end, months or USUAL_MONTHS)
    return Times(opens_at, opens_at + OPEN_FOR)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, the month's last day where there is none."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def stage(opens_at: datetime, closes_at: datetime, at: datetime) -> Stage:
    """Where it stands at a moment."""
    if at < opens_at:
        return Stage.COMING
    return Stage.OPEN if at < closes_at else Stage.PAST


def is_last_call(opens_at: datetime, closes_at: datetime, at: datetime) -> bool:
    """Whether it closes within a week and was open for longer before that: else the first reminder was enough."""
    return closes_at - opens_at > 2 * LAST_CALL and closes_at - LAST_CALL <= at < closes_at


def standing(*, has_answered: bool, has_seat: bool, works_there: bool) -> Asked:
    """Where a person stands: what was answered counts, whatever became of the person."""
    if has_answered:
        return Asked.ANSWERED
    if not has_seat:
        return Asked.WITHDREW
    return Asked.MISSING if works_there else Asked.LEFT
