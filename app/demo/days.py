"""Days and hours of the story, counted from today in the zone of a place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.demo.places import Place
from app.platform.clock import now, telling, today
from app.sessions.rules.wall_time import HalfDay

_HOURS = ((time(8, 30), time(11, 30)), (time(13), time(16)))


def work_day(place: Place, offset: int) -> date:
    """The day so many days from today, or the next one further away from it on which people work."""
    return _working(place, today(place.zone) + timedelta(days=offset), 1 if offset > 0 else -1)


def half_days(place: Place, offset: int, count: int) -> list[HalfDay]:
    """So many half-days in a row from that day on, mornings and afternoons."""
    found: list[HalfDay] = []
    day = work_day(place, offset)
    while len(found) < count:
        found += [_half_day(place, datetime.combine(day, start), datetime.combine(day, end)) for start, end in _HOURS]
        day = _working(place, day + timedelta(days=1), 1)
    return found[:count]


def around_now(place: Place) -> HalfDay:
    """A half-day of today that is running now; it does not reach over midnight."""
    wall = wall_now(place)
    midnight = datetime.combine(wall.date(), time())
    half_hour = midnight + (wall - midnight) // timedelta(minutes=30) * timedelta(minutes=30)
    starts = max(midnight, half_hour - timedelta(hours=2))
    return _half_day(place, starts, min(starts + timedelta(hours=4), midnight + timedelta(hours=23, minutes=59)))


@contextmanager
def at(place: Place, wall: datetime) -> Iterator[None]:
    """Within this block it is this time by the clock on the wall of the place, or now when that is still to come."""
    with telling(min(wall.replace(tzinfo=ZoneInfo(place.zone)), now())):
        yield


def wall_now(place: Place) -> datetime:
    """What the clock on the wall of the place shows now."""
    return now().astimezone(ZoneInfo(place.zone)).replace(tzinfo=None)


def morning(place: Place, offset: int) -> datetime:
    """Nine o'clock on the working day so many days from today."""
    return datetime.combine(work_day(place, offset), time(9))


def _working(place: Place, day: date, step: int) -> date:
    while day.isoweekday() in place.rest_days:
        day += timedelta(days=step)
    return day


def _half_day(place: Place, starts: datetime, ends: datetime) -> HalfDay:
    return HalfDay(starts, ends, place.zone)
