"""What a report is asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.factories.models import Factory, Programme
from app.platform.db import db
from app.platform.db.types import UtcDateTime
from app.reports.rules.period import Span
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState

_FARTHEST = timedelta(hours=15)
"""No wall is further from UTC than this."""


@dataclass(frozen=True)
class Asked:
    """Which programmes, from when to when, seen at which moment. The caller has checked the programmes."""

    programme_ids: tuple[int, ...]
    span: Span
    now: datetime
    factory_id: int | None = None
    """Of this factory of the programme alone; of what training sessions cost and how they were rated, of those in which
    it had a seat. None: of all factories."""

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def last(self) -> date:
        return self.span.last

    @cached_property
    def zones(self) -> dict[int, str]:
        """Programme -> the time zone of its walls. One statement."""
        rows = db.session.execute(sa.select(Programme.id, Programme.zone).where(Programme.id.in_(self.programme_ids)))
        return {row.id: row.zone for row in rows}

    @property
    def factories(self) -> sa.ColumnElement[bool]:
        """Which factories it is about, as a condition on their table."""
        programmes = Factory.programme_id.in_(self.programme_ids)
        return programmes if self.factory_id is None else sa.and_(programmes, Factory.id == self.factory_id)

    @property
    def trainings(self) -> sa.ColumnElement[bool]:
        """Which training sessions it is about, as a condition on their table."""
        programmes = TrainingSession.programme_id.in_(self.programme_ids)
        if self.factory_id is None:
            return programmes
        seated = sa.select(Seat.training_id).where(Seat.factory_id == self.factory_id)
        return sa.and_(programmes, TrainingSession.id.in_(seated))

    def starts(self, programme_id: Any) -> sa.ColumnElement[datetime]:
        """The moment at which the period begins on the walls of the programme in this column."""
        return self._dawn(self.first, programme_id)

    def ends(self, programme_id: Any) -> sa.ColumnElement[datetime]:
        """The first moment after the period there."""
        return self._dawn(self.span.after, programme_id)

    def _dawn(self, day: date, programme_id: Any) -> sa.ColumnElement[datetime]:
        moments = [
            (programme_id == each, sa.literal(datetime.combine(day, time(), ZoneInfo(zone)), UtcDateTime()))
            for each, zone in self.zones.items()
        ]  # fmt: skip
        return sa.case(*moments, else_=None) if moments else sa.cast(sa.null(), UtcDateTime())


def begins_in(span: Span) -> sa.ColumnElement[bool]:
    """Half-days that are held - not cancelled, not postponed - and begin in the period by the clock on their wall.

    The moments beside are for the index alone.
    """
    start, end = _walls(span)
    return sa.and_(
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts >= start, Meeting.starts < end,
        Meeting.starts_at >= _moment(start - _FARTHEST), Meeting.starts_at < _moment(end + _FARTHEST),
    )  # fmt: skip


def begins_outside(span: Span) -> sa.ColumnElement[bool]:
    """Half-days that are held and begin before the period or after it."""
    start, end = _walls(span)
    return sa.and_(Meeting.state == MeetingState.PLANNED, sa.or_(Meeting.starts < start, Meeting.starts >= end))


def _walls(span: Span) -> tuple[datetime, datetime]:
    return datetime.combine(span.first, time()), datetime.combine(span.after, time())


def _moment(wall: datetime) -> datetime:
    return wall.replace(tzinfo=UTC)
