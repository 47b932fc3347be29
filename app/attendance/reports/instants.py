"""Moments by the clock on somebody's wall become moments. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.attendance.reports.moments import Written
from app.attendance.reports.spans import Span


@dataclass(frozen=True)
class Clock:
    """The zone of a file, the order of its days, and where times without a day belong: near the planned times, else to
    the day of the session."""

    zone: ZoneInfo
    order: str | None
    session_date: date
    planned: tuple[Span, ...] = ()

    def instant(self, written: Written | None, after: datetime | None = None) -> datetime | None:
        """The moment in UTC. One without a day is the first at that time from `after` on. None when there is no such
        day."""
        if written is None:
            return None
        if written.day is None and written.sure is None:
            return self._near(written.time, after)
        at = written.at(self.order)
        if at is None:
            return None
        moment = at.replace(tzinfo=written.offset or self.zone).astimezone(UTC)
        if after and moment < after and not written.offset:  # the hour that a clock turned back shows twice
            again = at.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
            return again if again >= after else moment
        return moment

    def _near(self, at: time, after: datetime | None) -> datetime:
        days = [self.session_date + timedelta(days=away) for away in (0, -1, 1)]
        moments = [datetime.combine(day, at, self.zone).astimezone(UTC) for day in days]
        if after is not None:
            moments = sorted(moment for moment in moments if moment >= after) or moments
            return moments[0]
        return min(moments, key=self._away)

    def _away(self, moment: datetime) -> timedelta:
        gaps = [max(start - moment, moment - end, timedelta()) for start, end in self.planned]
        return min(gaps, default=timedelta())
