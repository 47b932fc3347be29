"""Working days, the quiet hours of a programme, and which reminder is due. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from itertools import count, islice, pairwise

from app.factories.structure.rules import is_rest_day

LATEST = timedelta(days=1)
"""A worker that was down sends a reminder a day late, and no later."""
PAUSE = timedelta(days=12)
"""Half-days that lie so far apart belong to two rows: the second is reminded of like the first."""
_DAY = timedelta(days=1)
_WEEK = 7


def working_days_before(day: date, number: int, rest: Collection[int], holidays: Collection[date]) -> date:
    """The day so many working days before `day`: the first is the last working day before it, 0 is the day itself.

    `rest` are ISO weekdays (Monday is 1), `holidays` the days that are certain. Two working days before a Saturday,
    with Friday as the day of rest, is Wednesday. Where nobody ever works, days are counted as they come.
    """
    works_never = len({*rest} & set(range(1, _WEEK + 1))) == _WEEK
    earlier = (day - back * _DAY for back in count(1))
    working = (each for each in earlier if works_never or not is_rest_day(each, rest, holidays))
    return next(islice(working, number - 1, None)) if number > 0 else day


def due_reminder(
    day: date, numbers: Iterable[int], rest: Collection[int], holidays: Collection[date], today: date
) -> int | None:
    """Which of the reminders - so many working days before `day` - is to be sent today, or None.

    Of several that are due, because the day was moved nearer, only the last one is; one that is long overdue is not.
    """
    if today > day:
        return None
    due = [(working_days_before(day, number, rest, holidays), number) for number in set(numbers) if number >= 0]
    reached = [(at, number) for at, number in due if at <= today <= at + LATEST]
    return min(number for _at, number in reached) if reached else None


def next_block(starts: Iterable[datetime], at: datetime) -> datetime | None:
    """When the next row of half-days begins, of those that are still to come: a row is new where weeks lie before it.

    Who comes every week, or day after day, is reminded of the first time alone. None when no row is to begin.
    """
    in_order = sorted(starts)
    after_pauses = [later for before, later in pairwise(in_order) if later - before >= PAUSE]
    return next((moment for moment in [*in_order[:1], *after_pauses] if moment > at), None)


def is_quiet(wall: time, quiet_from: str, quiet_until: str) -> bool:
    """Whether nothing is sent at this time of the wall; from and until are HH:MM, through midnight where until is less.

    Equal times are no quiet hours at all.
    """
    begins, ends = (datetime.strptime(each, "%H:%M").time() for each in (quiet_from, quiet_until))  # noqa: DTZ007
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends
