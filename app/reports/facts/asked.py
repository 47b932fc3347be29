"""What a report is asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from app.reports.rules.period import Span
from app.sessions.models import Meeting
from app.sessions.rules import MeetingState

_FARTHEST = timedelta(hours=15)
"""No wall is further from UTC than this."""


@dataclass(frozen=True)
class Asked:
    """Which programmes, from when to when, seen at which moment. The caller has checked the programmes."""

    programme_ids: tuple[int, ...]
    span: Span
    now: datetime

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def last(self) -> date:
        return self.span.last


def begins_in(span: Span) -> sa.ColumnElement[bool]:
    """Half-days that are held - not cancelled, not postponed - and begin in the period by the clock on their wall.

    The moments beside are for the index alone.
    """
    start, end = datetime.combine(span.first, time()), datetime.combine(span.after, time())
    return sa.and_(
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts >= start, Meeting.starts < end,
        Meeting.starts_at >= _moment(start - _FARTHEST), Meeting.starts_at < _moment(end + _FARTHEST),
    )  # fmt: skip


def _moment(wall: datetime) -> datetime:
    return wall.replace(tzinfo=UTC)
