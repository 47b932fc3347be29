"""What is read to know who is to be reminded today."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.factories.models import Factory, Holiday, Programme
from app.factories.structure.rules import rest_days_of
from app.notifications.reminders.rules import due_reminder, is_quiet, next_block
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, PlanningRules, Seat, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, TrainingState

_FIRST = sa.func.min(Meeting.starts_at)
_LONGEST_REST = timedelta(days=14)
_QUIET = ("20:00", "07:00")
_NUMBERS = (5, 1)


@dataclass(frozen=True)
class Timing:
    """When a programme sends what nobody waits for; `holidays` are the certain ones."""

    zone: str
    rest: frozenset[int]
    numbers: tuple[int, ...]
    quiet: tuple[str, str]
    holidays: frozenset[date]

    def at(self) -> datetime:
        """The present moment on the wall."""
        return now().astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @property
    def is_quiet_now(self) -> bool:
        return is_quiet(self.at().time(), *self.quiet)

    def due(self, first: datetime, rest: Collection[int]) -> int | None:
        """Which reminder of something that begins at a moment is to be sent now to people with these rest days."""
        if first <= now() or self.is_quiet_now:
            return None
        return due_reminder(self.day(first), self.numbers, rest, self.holidays, self.at().date())

    def day(self, moment: datetime) -> date:
        """The day of a moment on the wall."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


def timings(programme_ids: Collection[int] | None = None) -> dict[int, Timing]:
    """Of these programmes, or of all. Two statements."""
    rows = sa.select(Programme, PlanningRules).outerjoin(PlanningRules, PlanningRules.programme_id == Programme.id)
    days = sa.select(Holiday.programme_id, Holiday.day).where(Holiday.is_provisional.is_(False))
    if programme_ids is not None:
        rows, days = rows.where(Programme.id.in_(programme_ids)), days.where(Holiday.programme_id.in_(programme_ids))
    holidays: dict[int, set[date]] = defaultdict(set)
    for programme_id, day in db.session.execute(days.where(Holiday.day >= now().date() - _LONGEST_REST)):
        holidays[programme_id].add(day)
    return {
        programme.id: Timing(
            zone=programme.zone,
            rest=frozenset(programme.rest_days),
            numbers=tuple(rules.reminder_days) if rules else _NUMBERS,
            quiet=(rules.quiet_from, rules.quiet_until) if rules else _QUIET,
            holidays=frozenset(holidays[programme.id]),
        )
        for programme, rules in db.session.execute(rows)
    }


def due_trainings() -> list[int]:
    """Confirmed training sessions of which somebody is to be reminded now. Four statements, however many there are."""
    by_programme = timings()
    numbers = [number for timing in by_programme.values() for number in timing.numbers]
    until = now() + timedelta(days=3 * max(numbers, default=0)) + _LONGEST_REST
    coming = db.session.execute(
        sa.select(TrainingSession.id, TrainingSession.programme_id, _FIRST)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(TrainingSession.state == TrainingState.CONFIRMED, Meeting.state == MeetingState.PLANNED)
        .where(Meeting.starts_at > now())
        .group_by(TrainingSession.id, TrainingSession.programme_id)
        .having(until >= _FIRST)
        .order_by(_FIRST, TrainingSession.id)
    ).all()
    rests = _rests([row[0] for row in coming])
    found = []
    for training_id, programme_id, first in coming:
        timing = by_programme[programme_id]
        everybody = {timing.rest, *rests[training_id]}
        if any(timing.due(first, rest) is not None for rest in everybody):
            found.append(training_id)
    return found


def _rests(training_ids: Collection[int]) -> Mapping[int, set[frozenset[int]]]:
    """Training session -> the rest days of the factories that hold seats."""
    found: dict[int, set[frozenset[int]]] = defaultdict(set)
    holding = sa.select(Seat.training_id, Seat.factory_id).where(
        Seat.training_id.in_(training_ids), Seat.state.in_(HOLDING)
    )
    pairs = holding.distinct().subquery()
    rows = sa.select(pairs.c.training_id, Factory, Programme).join(Factory, Factory.id == pairs.c.factory_id)
    for training_id, factory, programme in db.session.execute(rows.join(Programme)):
        found[training_id].add(rest_days_of(factory, programme))
    return found


def begun(training: TrainingSession) -> int:
    """How many planned half-days have begun already."""
    return sum(meeting.starts_at <= now() for meeting in training.meetings if meeting.state is MeetingState.PLANNED)


def first_half_day(training: TrainingSession) -> datetime | None:
    """When the next row of planned half-days begins; None when none is to begin."""
    return next_block((m.starts_at for m in training.meetings if m.state is MeetingState.PLANNED), now())
